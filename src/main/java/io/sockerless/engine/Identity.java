package io.sockerless.engine;

import java.util.Set;

/**
 * Whom a call is made for: what rules are about, what the audit names, and whose a new container
 * is. Whoever has checked a certificate or a token makes one; nothing that a client merely writes
 * into a request does.
 *
 * @param name such as the common name of a certificate; never empty, at most {@link #MAX_LENGTH}
 *     characters and none that ends a line
 * @param groups what the issuer says that the name belongs to, in no order
 */
public record Identity(String name, Set<String> groups) {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 256;

  /** A client that nothing is known of. */
  public static final Identity ANONYMOUS = new Identity("anonymous", Set.of());

  /** A client on this machine that the file system has let in, at a unix socket. */
  public static final Identity LOCAL = new Identity("local", Set.of());

  /**
   * The server itself, for calls that no client asked for, such as the question whether the backend
   * is there. It is this one object: a client of the same name is not the server.
   *
   * @see #isServer
   */
  public static final Identity SERVER = new Identity("server", Set.of());

  /**
   * Takes what a certificate or a token says.
   *
   * @throws IllegalArgumentException for a name that is empty, too long or holds control characters
   */
  public Identity {
    if (name.isBlank() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the name of an identity has 1 to " + MAX_LENGTH + " characters");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the name of an identity holds a control character");
    }
    groups = Set.copyOf(groups);
  }

  /** An identity without groups. */
  public static Identity of(String name) {
    return new Identity(name, Set.of());
  }

  /** Whether this is {@link #SERVER} itself, and no client that is called the same. */
  @SuppressWarnings("ReferenceEquality") // Equal to it is what a client might make itself.
  public boolean isServer() {
    return this == SERVER;
  }
}
