package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.Optional;

/** What {@code cut} does to one line. */
@FunctionalInterface
interface Cutter {

  /** Prints the chosen parts of a line; false if the line is to vanish. */
  boolean cut(Output output, byte[] bytes, int offset, int length) throws IOException;

  /** For bytes, characters or fields, as the letter says. */
  static Cutter of(char kind, Ranges ranges, Options options) throws Failure {
    boolean complement = options.has("complement");
    Optional<String> join = options.value("output-delimiter");
    if (kind == 'f') {
      byte[] delimiter = Text.encode(options.value('d').orElse("\t"));
      if (delimiter.length > 1) {
        throw new Failure("the delimiter must be a single character");
      }
      byte separator = delimiter.length == 0 ? 0 : delimiter[0];
      byte[] joined = join.map(Text::encode).orElse(new byte[] {separator});
      return new Fields(ranges, complement, separator, joined, options.has('s'));
    }
    return new Bytes(ranges, complement, Text.encode(join.orElse("")));
  }

  /** Bytes by their positions. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(Ranges ranges, boolean complement, byte[] join) implements Cutter {
    @Override
    public boolean cut(Output output, byte[] bytes, int offset, int length) throws IOException {
      boolean any = false;
      boolean gap = false;
      for (int i = 0; i < length; i++) {
        if (ranges.contains(i + 1) == complement) {
          gap = true;
          continue;
        }
        if (any && gap) {
          output.write(join);
        }
        output.write(bytes[offset + i]);
        any = true;
        gap = false;
      }
      return true;
    }
  }

  /** Fields between delimiters. */
  @SuppressWarnings("ArrayRecordComponent")
  record Fields(
      Ranges ranges, boolean complement, byte separator, byte[] join, boolean onlyDelimited)
      implements Cutter {
    @Override
    public boolean cut(Output output, byte[] bytes, int offset, int length) throws IOException {
      int end = offset + length;
      int field = 1;
      int start = offset;
      boolean any = false;
      for (int i = offset; i <= end; i++) {
        if (i < end && bytes[i] != separator) {
          continue;
        }
        if (i == end && field == 1) {
          return uncut(output, bytes, offset, length);
        }
        if (ranges.contains(field) != complement) {
          if (any) {
            output.write(join);
          }
          output.write(bytes, start, i - start);
          any = true;
        }
        field++;
        start = i + 1;
      }
      return true;
    }

    private boolean uncut(Output output, byte[] bytes, int offset, int length) throws IOException {
      if (onlyDelimited) {
        return false;
      }
      output.write(bytes, offset, length);
      return true;
    }
  }
}
