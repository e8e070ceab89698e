package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** {@code tr}: replaces, deletes and squeezes bytes. */
public final class Tr extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "+cCdst", "complement=c", "delete=d", "squeeze-repeats=s", "truncate-set1=t");
    boolean delete = options.has('d');
    boolean squeeze = options.has('s');
    List<String> strings = options.operands(delete != squeeze ? 1 : 2, 2);
    ByteSet first = ByteSet.parse(strings.getFirst());
    if (options.has('c') || options.has('C')) {
      first = first.complement();
    }
    Optional<ByteSet> second =
        strings.size() > 1 ? Optional.of(ByteSet.parse(strings.get(1))) : Optional.empty();
    boolean[] deleted = delete ? first.members() : new boolean[256];
    byte[] replaced = identity();
    if (!delete && second.isPresent()) {
      map(replaced, first.bytes(), second.get(), options.has('t'));
    }
    boolean[] squeezed = squeeze ? second.orElse(first).members() : new boolean[256];
    copy(task, output, deleted, replaced, squeezed);
    return 0;
  }

  private static byte[] identity() {
    byte[] identity = new byte[256];
    for (int value = 0; value < identity.length; value++) {
      identity[value] = (byte) value;
    }
    return identity;
  }

  private static void map(byte[] replaced, byte[] from, ByteSet to, boolean truncate) {
    byte[] filled = truncate ? to.bytes() : to.filled(from.length);
    for (int i = 0; i < Math.min(from.length, filled.length); i++) {
      replaced[from[i] & 0xff] = filled[i];
    }
  }

  private static void copy(
      Task task, Output output, boolean[] deleted, byte[] replaced, boolean[] squeezed)
      throws IOException {
    byte[] buffer = new byte[65_536];
    InputStream input = task.input();
    int last = -1;
    int count;
    while ((count = input.read(buffer, 0, buffer.length)) >= 0) {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int value = buffer[i] & 0xff;
        if (deleted[value]) {
          continue;
        }
        int replacement = replaced[value] & 0xff;
        if (replacement != last || !squeezed[replacement]) {
          buffer[kept++] = (byte) replacement;
          last = replacement;
        }
      }
      output.write(buffer, 0, kept);
      output.flush();
    }
  }
}
