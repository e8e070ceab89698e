package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The order of lines that {@code sort} was asked for: key by key, and then as bytes. */
final class LineOrder implements Comparator<byte[]> {

  private static final int CHECK_EVERY = 1_024;

  private final Task task;
  private final List<SortKey> keys;
  private final boolean reverse;
  private final boolean keysOnly;
  private int comparisons;

  private LineOrder(Task task, List<SortKey> keys, boolean reverse, boolean keysOnly) {
    this.task = task;
    this.keys = keys;
    this.reverse = reverse;
    this.keysOnly = keysOnly;
  }

  static LineOrder of(Task task, Options options) throws Failure {
    StringBuilder global = new StringBuilder();
    for (Options.Given given : options.given()) {
      if ("bdfghiMnrV".contains(given.name())) {
        global.append(given.name());
      }
    }
    String flags = global.toString();
    OptionalInt separator = separator(options);
    List<SortKey> keys = new ArrayList<>();
    for (String key : options.values("k")) {
      keys.add(SortKey.parse(key, flags, separator));
    }
    if (keys.isEmpty()) {
      keys.add(SortKey.wholeLine(flags));
    }
    return new LineOrder(task, keys, options.has('r'), options.has('s'));
  }

  private static OptionalInt separator(Options options) throws Failure {
    Optional<String> given = options.value('t');
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    String text = given.get().equals("\\0") ? "\0" : given.get();
    byte[] bytes = Text.encode(text);
    if (bytes.length != 1) {
      throw new Failure(2, "bad -t parameter");
    }
    return OptionalInt.of(bytes[0]);
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    if (++comparisons % CHECK_EVERY == 0) {
      task.checkpoint();
    }
    int order = compareKeys(a, b);
    if (order != 0 || keysOnly) {
      return order;
    }
    int last = Arrays.compareUnsigned(a, b);
    return reverse ? Integer.compare(0, last) : last;
  }

  /** Compares by the keys alone. */
  int compareKeys(byte[] a, byte[] b) {
    for (SortKey key : keys) {
      int order = key.compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
