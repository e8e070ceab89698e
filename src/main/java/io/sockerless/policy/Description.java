package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the backend says of one object, in its own bytes. Understanding a document takes longer than
 * all that rules do with a request; it is left until more is wanted than whose the object is.
 */
final class Description {

  private static final byte[] BEGINNING = "{\"Id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NONE = {};
  private static final int ID_LENGTH = 64;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}\"");

  private final Answer answer;
  private final byte[] bytes;
  private Optional<JsonObject> document;

  private Description(Answer answer, byte[] bytes, Optional<JsonObject> document) {
    this.answer = answer;
    this.bytes = bytes;
    this.document = document;
  }

  /** Reads an answer to its end. */
  static Description of(Answer answer) {
    Optional<JsonObject> known = answer.known().map(JsonValue::asJsonObject);
    return new Description(answer, known.isPresent() ? NONE : answer.bytes(), known);
  }

  /** The id that the document begins with, as those of containers do in Docker's order of keys. */
  Optional<String> leadingId() {
    if (document.isPresent()) {
      return Optional.of(document.get().getString("Id", ""))
          .filter(id -> ID.matcher(id + '"').matches());
    }
    int end = BEGINNING.length + ID_LENGTH + 1;
    if (bytes.length <= end
        || !Arrays.equals(bytes, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length)) {
      return Optional.empty();
    }
    String id = new String(bytes, BEGINNING.length, ID_LENGTH + 1, StandardCharsets.ISO_8859_1);
    return ID.matcher(id).matches() ? Optional.of(id.substring(0, ID_LENGTH)) : Optional.empty();
  }

  /** The document, which is read once. Descriptions stay with the thread that asked for them. */
  JsonObject document() {
    JsonObject known = document.orElseGet(() -> JsonBuilders.parse(bytes));
    document = Optional.of(known);
    return known;
  }

  /** Whether the document is there already. */
  boolean isUnderstood() {
    return document.isPresent();
  }

  /** Whether it is the same as another one to the byte, of those that are in bytes. */
  boolean saysTheSame(Description other) {
    return bytes.length > 0 && Arrays.equals(bytes, other.bytes);
  }

  /** The same, with the document that its bytes are known to say. */
  Description understoodAs(JsonObject known) {
    return new Description(answer, bytes, Optional.of(known));
  }

  /** What the backend has answered, for whoever asked for just that. */
  Answer again() {
    return answer.known().isPresent() ? answer : answer.with(bytes);
  }
}
