package io.sockerless.agent.websocket;

import java.security.SecureRandom;

/** Bytes that nobody can foretell; opened when the first one is needed. */
final class Entropy {

  private static final SecureRandom SOURCE = new SecureRandom();

  private Entropy() {}

  /** Draws as many as the array has. */
  static void fill(byte[] bytes) {
    SOURCE.nextBytes(bytes);
  }
}
