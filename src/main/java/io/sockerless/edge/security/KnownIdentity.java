package io.sockerless.edge.security;

import io.sockerless.engine.Identity;
import java.util.Set;

/**
 * Makes the identities of certificates, tokens and log-ins, none of which may be called what the
 * server calls those whom it knows otherwise: a rule about local clients would be about theirs too.
 */
public final class KnownIdentity {

  private static final Set<String> OURS =
      Set.of(Identity.ANONYMOUS.name(), Identity.LOCAL.name(), Identity.SERVER.name());

  private KnownIdentity() {}

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException for a name that is ours, or that none can have
   */
  public static Identity of(String name, Set<String> groups) {
    if (OURS.contains(name)) {
      throw new IllegalArgumentException("nobody but the server itself says who is " + name);
    }
    return new Identity(name, groups);
  }
}
