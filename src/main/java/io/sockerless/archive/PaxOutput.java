package io.sockerless.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The content of a PAX header that is written. */
final class PaxOutput {

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();

  /** Adds a record, which tells its own length in decimal digits, these included. */
  void add(String key, byte[] value) {
    int rest = key.getBytes(StandardCharsets.UTF_8).length + value.length + 3;
    int length = rest + digits(rest);
    length = rest + digits(length);
    records.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
    records.writeBytes(value);
    records.write('\n');
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private void add(String key, String value) {
    add(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a number if a header's octal digits cannot tell it. */
  void addLarge(String key, long value, long max) {
    if (value < 0 || value > max) {
      add(key, Long.toString(value));
    }
  }

  /** Adds a time if a header's octal digits cannot tell it. */
  void addTime(String key, Instant time, long max) {
    if (time.getNano() == 0) {
      addLarge(key, time.getEpochSecond(), max);
    } else {
      add(key, decimal(time));
    }
  }

  /** The fraction counts away from zero, but an Instant's nanoseconds count upwards always. */
  private static String decimal(Instant time) {
    boolean negative = time.getEpochSecond() < 0;
    long seconds = negative ? -(time.getEpochSecond() + 1) : time.getEpochSecond();
    int nanos = negative ? 1_000_000_000 - time.getNano() : time.getNano();
    String fraction = Integer.toString(1_000_000_000 + nanos).substring(1);
    int end = fraction.length();
    while (fraction.charAt(end - 1) == '0') {
      end--;
    }
    return (negative ? "-" : "") + seconds + "." + fraction.substring(0, end);
  }

  /** Adds extended attributes, in the order of their names. */
  void addExtended(Map<String, String> extended) {
    new TreeMap<>(extended)
        .forEach((name, value) ->
            add(PaxRecords.EXTENDED + name, value.getBytes(StandardCharsets.ISO_8859_1)));
  }

  boolean isEmpty() {
    return records.size() == 0;
  }

  byte[] toBytes() {
    return records.toByteArray();
  }
}
