package io.sockerless.edge;

import io.sockerless.engine.Identity;
import java.util.Optional;

/**
 * What is known of a client before it has asked for anything.
 *
 * @param way how it came
 * @param encrypted whether TLS is between us
 * @param identity whom its certificate names, if it has shown one
 */
record Peer(Way way, boolean encrypted, Optional<Identity> identity) {

  /** How a client can come. */
  enum Way {
    /** By a unix socket, past the file system's permissions. */
    UNIX,
    /** By an address that only this machine reaches, a browser on it included. */
    LOOPBACK,
    /** By an address that others reach. */
    NETWORK
  }
}
