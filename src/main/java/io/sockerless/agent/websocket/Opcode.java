package io.sockerless.agent.websocket;

import java.util.Optional;

/**
 * What a frame is for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, 5.2</a>
 */
enum Opcode {
  CONTINUATION(0),
  TEXT(1),
  BINARY(2),
  CLOSE(8),
  PING(9),
  PONG(10);

  private static final Opcode[] BY_CODE = new Opcode[16];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  /** As it stands in the first byte of a frame. */
  int code() {
    return code;
  }

  /** Whether it speaks about the connection and may come amid a message's fragments. */
  boolean isControl() {
    return code >= CLOSE.code;
  }

  /** The opcode of these four bits; empty for one that is reserved. */
  static Optional<Opcode> of(int code) {
    return Optional.ofNullable(BY_CODE[code]);
  }
}
