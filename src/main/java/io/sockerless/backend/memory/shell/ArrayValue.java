package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values of an array: by numbers, or by texts if it is an associative one. */
final class ArrayValue {

  private static final int OVERHEAD = 64;
  private static final int ROWS = 1_024;
  private static final int GROWTH = 4;

  private final boolean associative;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final TreeMap<Long, String> numbers = new TreeMap<>();
  private long size;
  private boolean shared;

  ArrayValue(boolean associative) {
    this.associative = associative;
  }

  boolean isAssociative() {
    return associative;
  }

  /** Lets a subshell have it too: whoever changes it next changes a copy. */
  ArrayValue share() {
    shared = true;
    return this;
  }

  /** What may be changed: itself, or a copy if others have it too. */
  ArrayValue changeable() {
    if (!shared) {
      return this;
    }
    ArrayValue copy = new ArrayValue(associative);
    copy.texts.putAll(texts);
    copy.numbers.putAll(numbers);
    copy.size = size;
    return copy;
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(associative ? texts.get(key) : numbers.get(Long.parseLong(key)));
  }

  void put(String key, String value) {
    String old = associative ? texts.put(key, value) : numbers.put(Long.parseLong(key), value);
    size += 2L * value.length() - (old == null ? -cost(key) : 2L * old.length());
  }

  void remove(String key) {
    String old = associative ? texts.remove(key) : numbers.remove(Long.parseLong(key));
    size -= old == null ? 0 : 2L * old.length() + cost(key);
  }

  private static long cost(String key) {
    return OVERHEAD + 2L * key.length();
  }

  List<String> keys() {
    return associative ? inOrder() : numbers.keySet().stream().map(String::valueOf).toList();
  }

  List<String> values() {
    return associative
        ? inOrder().stream().map(key -> texts.getOrDefault(key, "")).toList()
        : List.copyOf(numbers.values());
  }

  /** The order of bash's table of 1,024 rows or more, of which scripts' output tells. */
  private List<String> inOrder() {
    int rows = ROWS;
    while (texts.size() >= 2 * rows) {
      rows *= GROWTH;
    }
    List<String> keys = new ArrayList<>(texts.keySet()).reversed();
    int mask = rows - 1;
    return keys.stream().sorted(Comparator.comparingInt(key -> hash(key) & mask)).toList();
  }

  /** FNV-1 in 32 bits. */
  private static int hash(String key) {
    int hash = (int) 2_166_136_261L;
    for (byte each : Text.encode(key)) {
      hash = (hash * 16_777_619) ^ each;
    }
    return hash;
  }

  /** The number after the last one. */
  long end() {
    return numbers.isEmpty() ? 0 : numbers.lastKey() + 1;
  }

  /** About what it takes, in bytes. */
  long size() {
    return size;
  }
}
