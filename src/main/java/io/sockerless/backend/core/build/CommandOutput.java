package io.sockerless.backend.core.build;

import io.sockerless.stream.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Hands what a command prints to the build's client as it comes. */
final class CommandOutput {

  private final BuildOutput output;
  private final Text standard = new Text();
  private final Text errors = new Text();

  CommandOutput(BuildOutput output) {
    this.output = output;
  }

  /** Copies frames to the stream's end. */
  void copy(InputStream frames) throws IOException {
    for (Optional<Frame> next = Frame.read(frames); next.isPresent(); next = Frame.read(frames)) {
      Frame frame = next.get();
      if (frame.channel() == Frame.Channel.STDERR) {
        output.error(errors.of(frame.payload()));
      } else {
        output.text(standard.of(frame.payload()));
      }
    }
  }

  /** Text whose pieces may end within a character. */
  private static final class Text {
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];

    String of(byte[] piece) {
      ByteBuffer bytes =
          ByteBuffer.allocate(rest.length + piece.length).put(rest).put(piece).flip();
      CharBuffer text = CharBuffer.allocate(bytes.remaining());
      decoder.decode(bytes, text, false);
      rest = new byte[bytes.remaining()];
      bytes.get(rest);
      return text.flip().toString();
    }
  }
}
