package io.sockerless.http;

import io.sockerless.engine.EngineException;

/**
 * The answer of the server's own port to operations that take over their connection, which no
 * servlet can carry.
 */
public final class EdgeOnly {

  private EdgeOnly() {}

  /** An operation that refuses with 421 and names where to go. */
  public static Operation refuse() {
    return call -> {
      throw new EngineException.Failure(
          421,
          "this operation takes over its connection, which the server's own port cannot do:"
              + " use an address of the edge (setting sockerless.listen)");
    };
  }
}
