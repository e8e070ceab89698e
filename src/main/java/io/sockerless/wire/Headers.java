package io.sockerless.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of a message, kept whole: every field in its order and spelling, duplicates
 * included, because what a client or a daemon wrote must reach the other side as it was. Lookups
 * ignore case (RFC 9110, 5.1).
 */
public final class Headers {

  /** Fields that speak of one connection and never cross to the next one (RFC 9110, 7.6.1). */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** One header field as it stood on the wire. */
  public record Field(String name, String value) {}

  private static final Headers EMPTY = new Headers(List.of());

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  /** No fields at all. */
  public static Headers empty() {
    return EMPTY;
  }

  /** The given fields, in their order. */
  public static Headers of(List<Field> fields) {
    return new Headers(List.copyOf(fields));
  }

  /** Names and values in turn, for heads that we write ourselves. */
  public static Headers of(String... namesAndValues) {
    List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(List.copyOf(fields));
  }

  /** All fields, in their order. */
  public List<Field> fields() {
    return fields;
  }

  /** The first value of a field. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** Every value of a field, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /**
   * Whether a comma-separated list field (such as {@code Connection}) names a token, ignoring case.
   */
  public boolean hasToken(String name, String token) {
    return members(name).stream().anyMatch(token::equalsIgnoreCase);
  }

  /** The members of a field that is a list, which may be spread over several lines. */
  public List<String> members(String name) {
    List<String> members = new ArrayList<>();
    for (String value : all(name)) {
      for (String part : value.split(",", -1)) {
        String member = part.strip();
        if (!member.isEmpty()) {
          members.add(member);
        }
      }
    }
    return members;
  }

  /** The value of a field; empty where it is missing, or there more than once. */
  public Optional<String> only(String name) {
    List<String> values = all(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** These fields and one more at the end. */
  public Headers and(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(List.copyOf(more));
  }

  /** These fields without those of one name. */
  public Headers without(String name) {
    return new Headers(
        fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList());
  }

  /** These fields without those whose name begins so, ignoring case. */
  public Headers withoutPrefix(String prefix) {
    int length = prefix.length();
    return fields.stream().anyMatch(it -> it.name().regionMatches(true, 0, prefix, 0, length))
        ? new Headers(
            fields.stream()
                .filter(it -> !it.name().regionMatches(true, 0, prefix, 0, length))
                .toList())
        : this;
  }

  /**
   * What may cross to the next connection: no hop-by-hop field, none that {@code Connection} names,
   * no length (each hop frames its own body).
   */
  public Headers endToEnd() {
    boolean namesMore = first("Connection").isPresent();
    List<Field> kept = new ArrayList<>(fields.size());
    for (Field field : fields) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)
          && !name.equals("content-length")
          && !(namesMore && hasToken("Connection", name))) {
        kept.add(field);
      }
    }
    return new Headers(List.copyOf(kept));
  }

  @Override
  public String toString() {
    return "Headers" + fields.stream().map(Field::name).toList();
  }
}
