package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Brings a backend's documents into the form that the internal API promises; fields that it does
 * not speak of stay as they are.
 */
public final class Documents {

  private Documents() {}

  /** Adds each default that the answer's document has not, or has as null. */
  public static Answer complete(Answer answer, JsonObject defaults) {
    JsonObject document = answer.document().asJsonObject();
    JsonObjectBuilder complete = JsonBuilders.object(document);
    defaults.forEach((name, value) -> {
      if (document.getOrDefault(name, JsonValue.NULL).equals(JsonValue.NULL)) {
        complete.add(name, value);
      }
    });
    return answer.with(complete.build());
  }

  /**
   * Changes a document that comes long after its head: the head goes out at once, and the change is
   * made when the document is there.
   */
  public static Answer changeLate(Answer answer, UnaryOperator<JsonObject> change) {
    return new Answer(
        answer.status(),
        answer.reason(),
        answer.headers(),
        new LateDocument(answer, change),
        -1,
        answer.release());
  }

  private static final class LateDocument extends InputStream {
    private final Answer answer;
    private final UnaryOperator<JsonObject> change;
    private Optional<InputStream> bytes = Optional.empty();

    LateDocument(Answer answer, UnaryOperator<JsonObject> change) {
      this.answer = answer;
      this.change = change;
    }

    @Override
    public int read() throws IOException {
      return bytes().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return bytes().read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
      return bytes.isPresent() ? bytes.get().available() : 0;
    }

    private InputStream bytes() throws IOException {
      if (bytes.isEmpty()) {
        try {
          String document = change.apply(answer.document().asJsonObject()) + "\n";
          bytes = Optional.of(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
          throw new IOException("the document broke off: " + e.getMessage(), e);
        }
      }
      return bytes.get();
    }
  }
}
