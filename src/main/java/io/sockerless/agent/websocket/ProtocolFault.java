package io.sockerless.agent.websocket;

import java.io.IOException;

/** The peer broke the protocol, or a limit of ours; the connection closes with a code for it. */
final class ProtocolFault extends IOException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  private ProtocolFault(int code, String reason) {
    super(reason);
    this.code = code;
    this.reason = reason;
  }

  /** A frame, or a sequence of frames, that must not be. */
  static ProtocolFault protocol(String message) {
    return new ProtocolFault(CloseReason.PROTOCOL_ERROR, message);
  }

  /** Text that is no UTF-8. */
  static ProtocolFault encoding(String message) {
    return new ProtocolFault(CloseReason.INVALID_DATA, message);
  }

  /** More than we take in one message. */
  static ProtocolFault size(long length, int limit) {
    return new ProtocolFault(
        CloseReason.TOO_BIG,
        "a frame of " + length + " bytes, where a message may have " + limit + " more");
  }

  /** The code of the close that answers it. */
  int code() {
    return code;
  }

  /** What was wrong, for the peer to know. */
  String reason() {
    return reason;
  }
}
