package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** {@code base64} and {@code base32}: bytes in a few letters, and back. */
public final class BaseEncoding extends Utility {

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final String alphabet;

  /** Bits that a letter stands for: 5 or 6. */
  private final int bits;

  private BaseEncoding(String alphabet, int bits) {
    this.alphabet = alphabet;
    this.bits = bits;
  }

  /** The utility {@code base32}. */
  static BaseEncoding base32() {
    return new BaseEncoding(BASE32, 5);
  }

  /** The utility {@code base64}. */
  static BaseEncoding base64() {
    return new BaseEncoding(BASE64, 6);
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "diw:", "decode=d", "wrap=w", "ignore-garbage=i");
    int width = Numbers.integer(options.value('w').orElse("76"), 0, Integer.MAX_VALUE);
    List<String> files = options.operands(0, 1);
    return readEach(
        task,
        output,
        files.isEmpty() ? List.of("-") : files,
        (name, input) -> {
          if (options.has('d')) {
            decode(input, output, options.has('i'));
          } else {
            encode(input, output, width);
          }
        });
  }

  private void encode(Input input, Output output, int width) throws IOException {
    int groupBytes = bits == 6 ? 3 : 5;
    int groupLetters = groupBytes * 8 / bits;
    byte[] group = new byte[groupBytes];
    int column = 0;
    int count;
    while ((count = input.readNBytes(group, 0, groupBytes)) > 0) {
      long value = 0;
      for (int i = 0; i < groupBytes; i++) {
        value = value << 8 | (i < count ? group[i] & 0xff : 0);
      }
      int letters = (count * 8 + bits - 1) / bits;
      for (int i = 0; i < groupLetters; i++) {
        int index = (int) (value >> ((groupLetters - 1 - i) * bits)) & (1 << bits) - 1;
        output.write(i < letters ? alphabet.charAt(index) : '=');
        if (width > 0 && ++column == width) {
          output.write('\n');
          column = 0;
        }
      }
    }
    if (column > 0) {
      output.write('\n');
    }
  }

  private void decode(Input input, Output output, boolean ignoreGarbage) throws IOException {
    int buffer = 0;
    int held = 0;
    int letters = 0;
    boolean padded = false;
    int value;
    while ((value = input.read()) >= 0) {
      int index = alphabet.indexOf(value);
      if (value == '=') {
        padded = true;
        letters++;
      } else if (index >= 0 && !padded) {
        letters++;
        buffer = buffer << bits | index;
        held += bits;
        if (held >= 8) {
          held -= 8;
          output.write(buffer >> held);
        }
      } else if (!ignoreGarbage && value != '\n' && value != '\r' && value != ' ') {
        output.flush();
        throw new Failure("truncated input");
      }
    }
    int groupLetters = bits == 6 ? 4 : 8;
    if (letters % groupLetters != 0) {
      output.flush();
      throw new Failure("truncated input");
    }
  }
}
