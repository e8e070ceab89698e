package io.sockerless.http;

import io.sockerless.engine.Call;
import io.sockerless.engine.HijackedStream;

/**
 * A WebSocket that the edge opens by itself, though the application server has one at the same
 * path: with less between the connection and whom it is for.
 */
public interface EdgeUpgrade {

  /** The whole path, decoded. */
  String path();

  /**
   * Takes the connection over.
   *
   * @throws io.sockerless.engine.EngineException if the client may not come, with the status that
   *     it is answered
   */
  HijackedStream open(Call call);
}
