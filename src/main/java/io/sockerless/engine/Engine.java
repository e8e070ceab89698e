package io.sockerless.engine;

import io.sockerless.wire.Headers;

/**
 * The port: whatever runs containers implements it, one narrow interface a noun, and every surface
 * (the Docker Engine API, the internal API, the edge) speaks to it alone.
 */
public interface Engine {

  /** The backend's name as the setting {@code sockerless.backend} spells it. */
  String backend();

  /** What this backend can do; the rest answers 501. */
  Capabilities capabilities();

  /** The newest version of the Docker Engine API that this backend speaks, such as {@code 1.51}. */
  String apiVersion();

  /**
   * What every answer of the Docker Engine API says of the server that gives it: {@code
   * Api-Version}, {@code Docker-Experimental}, {@code Ostype} and {@code Server}; nothing where a
   * daemon's answers say it already.
   */
  Headers headers();

  /** Containers. */
  Containers containers();

  /** Exec instances. */
  Execs execs();

  /** Images and builds. */
  Images images();

  /** Networks. */
  Networks networks();

  /** Volumes. */
  Volumes volumes();

  /** The server itself. */
  SystemOperations system();

  /** Managed plug-ins. */
  Plugins plugins();

  /** Swarm mode. */
  Swarm swarm();
}
