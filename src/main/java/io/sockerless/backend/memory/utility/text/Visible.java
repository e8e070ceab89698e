package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;

/** Bytes as {@code cat -v} shows them: {@code ^A} for a control, {@code M-} before a high one. */
record Visible(boolean tabs) {

  void print(Output output, byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      print(output, bytes[i] & 0xff);
    }
  }

  private void print(Output output, int value) throws IOException {
    if (value >= 0x80) {
      output.print("M-");
    }
    int low = value & 0x7f;
    if (low == 0x7f) {
      output.print("^?");
    } else if (low >= 0x20 || (value == '\t' && !tabs)) {
      output.write(low);
    } else {
      output.write('^');
      output.write(low + '@');
    }
  }
}
