package io.sockerless.backend.core.container;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * An object in the bytes of a stored document, of which single members are read and the others are
 * passed over: a start looks at a few of each container's, and reading all of them is what it would
 * spend most of its time with. What is absent, null or of another type is as good as empty.
 */
final class StoredObject {

  private static final String NEVER = ContainerState.NEVER.toString();
  private static final int SECONDS_END = 19;
  private static final int NANO_DIGITS = 9;

  private final byte[] document;
  private final List<StoredMember> members;

  private StoredObject(byte[] document, List<StoredMember> members) {
    this.document = document;
    this.members = members;
  }

  /**
   * The whole document.
   *
   * @param document well-formed JSON as this server writes it: in UTF-8, without white space
   */
  static StoredObject of(byte[] document) {
    return new StoredObject(document, StoredMember.of(document, 0));
  }

  /** The bytes of a member's value. */
  Optional<ByteBuffer> value(String name) {
    return member(name).map(member -> member.value(document));
  }

  private Optional<StoredMember> member(String name) {
    for (StoredMember member : members) {
      if (member.isNamed(name, document)) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  /** A member that is an object, or an empty one. */
  StoredObject object(String name) {
    return member(name)
        .filter(member -> document[member.valueStart()] == '{')
        .map(member -> StoredMember.of(document, member.valueStart()))
        .map(inner -> new StoredObject(document, inner))
        .orElseGet(() -> new StoredObject(document, List.of()));
  }

  /** A member that is a string, or an empty one. */
  String text(String name) {
    Optional<StoredMember> found = member(name);
    if (found.isEmpty() || document[found.get().valueStart()] != '"') {
      return "";
    }
    int start = found.get().valueStart() + 1;
    int end = found.get().valueEnd() - 1;
    for (int at = start; at < end; at++) {
      if (document[at] == '\\') {
        return parse(found.get().value(document)) instanceof JsonString text
            ? text.getString()
            : "";
      }
    }
    return new String(document, start, end - start, StandardCharsets.UTF_8);
  }

  /** A member that is a whole number, or zero. */
  int number(String name) {
    Optional<StoredMember> found = member(name);
    if (found.isEmpty() || !isNumber(document[found.get().valueStart()])) {
      return 0;
    }
    int start = found.get().valueStart();
    return Integer.parseInt(
        new String(document, start, found.get().valueEnd() - start, StandardCharsets.US_ASCII));
  }

  private static boolean isNumber(byte first) {
    return first == '-' || (first >= '0' && first <= '9');
  }

  /** Whether a member is {@code true}. */
  boolean flag(String name) {
    return member(name).filter(member -> document[member.valueStart()] == 't').isPresent();
  }

  /** A member that is a moment, as {@link Instant#toString} writes it; absent, it never was. */
  Instant time(String name) {
    String text = text(name);
    return text.isEmpty() || text.equals(NEVER) ? ContainerState.NEVER : moment(text);
  }

  /** The library's own reading goes through a formatter, which takes 30 times as long. */
  private static Instant moment(String text) {
    int last = text.length() - 1;
    boolean usual =
        last >= SECONDS_END
            && last <= SECONDS_END + 1 + NANO_DIGITS
            && text.charAt(last) == 'Z'
            && text.charAt(0) >= '0'
            && text.charAt(0) <= '9';
    if (!usual) {
      return Instant.parse(text);
    }
    int nanos = 0;
    for (int at = SECONDS_END + 1; at <= SECONDS_END + NANO_DIGITS; at++) {
      nanos = nanos * 10 + (at < last ? text.charAt(at) - '0' : 0);
    }
    return LocalDateTime.of(
            Integer.parseInt(text, 0, 4, 10),
            Integer.parseInt(text, 5, 7, 10),
            Integer.parseInt(text, 8, 10, 10),
            Integer.parseInt(text, 11, 13, 10),
            Integer.parseInt(text, 14, 16, 10),
            Integer.parseInt(text, 17, SECONDS_END, 10),
            nanos)
        .toInstant(ZoneOffset.UTC);
  }

  /** Reads a value of any kind. */
  static JsonValue parse(ByteBuffer text) {
    String wrapped = "{\"\":" + StandardCharsets.UTF_8.decode(text.duplicate()) + "}";
    return JsonBuilders.parse(wrapped.getBytes(StandardCharsets.UTF_8))
        .getOrDefault("", JsonValue.NULL);
  }
}
