package io.sockerless.agent.websocket;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Joins the fragments of a message, and holds it to a limit. For one thread at a time. */
final class MessageReader {

  private final int limit;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0);
  private Optional<Opcode> begun = Optional.empty();

  /**
   * @param limit a message's bytes
   */
  MessageReader(int limit) {
    this.limit = limit;
  }

  /** How many bytes the next frame with data may have. */
  int remaining() {
    return limit - parts.size();
  }

  /** Takes a frame with data; answers the message that ends with it. */
  Optional<Message> add(Frame frame) throws ProtocolFault {
    boolean continues = frame.opcode() == Opcode.CONTINUATION;
    if (continues != begun.isPresent()) {
      throw ProtocolFault.protocol(
          continues ? "a continuation of no message" : "a message amid another one's fragments");
    }
    Opcode kind = begun.orElse(frame.opcode());
    if (!continues && frame.last()) {
      return Optional.of(message(kind, frame.payload()));
    }
    parts.write(frame.payload(), 0, frame.payload().length);
    if (!frame.last()) {
      begun = Optional.of(kind);
      return Optional.empty();
    }
    byte[] whole = parts.toByteArray();
    parts.reset();
    begun = Optional.empty();
    return Optional.of(message(kind, whole));
  }

  private static Message message(Opcode kind, byte[] bytes) throws ProtocolFault {
    return kind == Opcode.TEXT
        ? new Message.Text(Utf8.decode(bytes, 0, bytes.length))
        : new Message.Binary(bytes);
  }
}
