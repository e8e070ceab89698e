package io.sockerless.http;

import io.sockerless.engine.EngineException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The answer of the server's own port to operations that take over their connection, which no
 * servlet can carry.
 */
public final class EdgeOnly {

  private EdgeOnly() {}

  /**
   * Refuses.
   *
   * @throws EngineException.Failure 421, naming where to go
   */
  public static Operation refuse(HttpServletRequest request) {
    return Operation.of(
        request,
        call -> {
          throw new EngineException.Failure(
              421,
              request.getMethod()
                  + " "
                  + request.getRequestURI()
                  + " takes over its connection, which the server's own port cannot do: use the edge (setting sockerless.listen)");
        });
  }
}
