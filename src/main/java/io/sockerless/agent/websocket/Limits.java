package io.sockerless.agent.websocket;

import java.time.Duration;

/**
 * What a peer may cost us.
 *
 * @param message how many bytes one of its messages may have
 * @param connect how long it may take from the first packet to the end of the handshake
 * @param idle after how long a silence it counts as gone; zero for never
 */
public record Limits(int message, Duration connect, Duration idle) {

  /** Refuses what would mean no limit to a socket. */
  public Limits {
    if (message < 0 || connect.isNegative() || connect.isZero() || idle.isNegative()) {
      throw new IllegalArgumentException("limits of less than nothing, or no time to connect");
    }
  }
}
