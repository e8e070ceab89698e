package io.sockerless.agent.websocket;

/** What one end of a WebSocket says to the other, whole. */
public sealed interface Message {

  /** A message of characters. */
  record Text(String text) implements Message {}

  /**
   * A message of bytes.
   *
   * @param bytes the receiver's own
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Binary(byte[] bytes) implements Message {}
}
