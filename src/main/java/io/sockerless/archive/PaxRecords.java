package io.sockerless.archive;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attributes of a PAX header: what a header block has no room for. */
final class PaxRecords {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern TIME = Pattern.compile("(-?[0-9]{1,15})(?:\\.([0-9]*))?");
  private static final String MAP = "GNU.sparse.map";

  /** What precedes an extended attribute's name. */
  static final String EXTENDED = "SCHILY.xattr.";

  /** As many bytes as Linux keeps of one file, so that nobody fills the memory with them. */
  private static final int MAX_EXTENDED = 65_536;

  private final Map<String, String> records = new HashMap<>();

  /** Adds the records of a header; an empty value takes an earlier one away. */
  void parse(byte[] bytes) throws IOException {
    int start = 0;
    while (start < bytes.length && bytes[start] != 0) {
      int blank = indexOf(bytes, start, Math.min(bytes.length, start + 8), ' ');
      String digits = new String(bytes, start, blank - start, StandardCharsets.ISO_8859_1);
      int end = start + (NUMBER.matcher(digits).matches() ? Integer.parseInt(digits) : 0);
      if (end <= blank || end > bytes.length || bytes[end - 1] != '\n') {
        throw new IOException("invalid PAX header");
      }
      int equals = indexOf(bytes, blank + 1, end, '=');
      String key = new String(bytes, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
      Charset charset =
          key.startsWith(EXTENDED) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
      add(key, new String(bytes, equals + 1, end - equals - 2, charset));
      start = end;
    }
  }

  private static int indexOf(byte[] bytes, int start, int end, char wanted) throws IOException {
    for (int i = start; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IOException("invalid PAX header");
  }

  /** GNU's oldest sparse format repeats two keys; they become the map of the next one. */
  private void add(String key, String value) throws IOException {
    switch (key) {
      case "path", "linkpath", "GNU.sparse.name" -> {
        if (value.indexOf('\0') >= 0) {
          throw new IOException("invalid PAX header: a name with a zero byte");
        }
        put(key, value);
      }
      case "GNU.sparse.offset", "GNU.sparse.numbytes" ->
          records.merge(MAP, value, (before, next) -> before + "," + next);
      default -> put(key, value);
    }
  }

  void put(String key, String value) {
    records.put(key, value);
  }

  /** These records, and of the others what these do not tell. */
  PaxRecords over(PaxRecords others) {
    PaxRecords both = new PaxRecords();
    both.records.putAll(others.records);
    both.records.putAll(records);
    return both;
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(records.get(key)).filter(value -> !value.isEmpty());
  }

  Optional<Long> number(String key) throws IOException {
    Optional<String> value = text(key);
    if (value.isPresent() && !NUMBER.matcher(value.get()).matches()) {
      throw new IOException("invalid PAX header: " + key + " is not a number");
    }
    return value.map(Long::valueOf);
  }

  /** The extended attributes, by their names. */
  Map<String, String> extended() throws IOException {
    Map<String, String> extended = new TreeMap<>();
    int size = 0;
    for (Map.Entry<String, String> entry : records.entrySet()) {
      if (entry.getKey().startsWith(EXTENDED) && !entry.getValue().isEmpty()) {
        extended.put(entry.getKey().substring(EXTENDED.length()), entry.getValue());
        size += entry.getKey().length() + entry.getValue().length();
      }
    }
    if (size > MAX_EXTENDED) {
      throw new IOException("invalid tar header: " + size + " bytes of extended attributes");
    }
    return extended.isEmpty() ? Map.of() : Map.copyOf(extended);
  }

  Optional<Instant> time(String key) throws IOException {
    Optional<String> value = text(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = TIME.matcher(value.get());
    if (!matcher.matches()) {
      throw new IOException("invalid PAX header: " + key + " is not a time");
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
    boolean negative = value.get().startsWith("-");
    return Optional.of(instant(Long.parseLong(matcher.group(1)), negative ? -nanos : nanos));
  }

  /** A time, which must be one that Java knows. */
  static Instant instant(long seconds, long nanos) throws IOException {
    if (seconds < Instant.MIN.getEpochSecond() + 1 || seconds >= Instant.MAX.getEpochSecond()) {
      throw new IOException("invalid tar header: no such time");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
