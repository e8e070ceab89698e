package io.sockerless.engine;

import io.sockerless.wire.Headers;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an operation answers: a status, header fields, and a body that streams as it comes. Whoever
 * gets one closes it, which releases what it holds behind.
 *
 * @param reason the reason phrase
 * @param headers end-to-end fields only
 * @param length of the body in bytes, or -1 if only the end will tell
 * @param release run by {@link #close}, once the body is not wanted any more
 */
public record Answer(
    int status, String reason, Headers headers, InputStream body, long length, Runnable release)
    implements Closeable {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  /** A document, with the newline that dockerd ends it with. */
  public static Answer json(int status, JsonStructure document) {
    return json(status, JSON, document);
  }

  /** A document under the given header fields, which name its type. */
  public static Answer json(int status, Headers headers, JsonStructure document) {
    return new Answer(status, "", headers, new DocumentBody(document), -1, () -> {});
  }

  /** An error as text, in the form of Go's {@code http.Error}. */
  public static Answer text(int status, String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    Headers headers =
        Headers.of(
            "Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");
    return new Answer(status, "", headers, new ByteArrayInputStream(bytes), bytes.length, () -> {});
  }

  /** No body. */
  public static Answer empty(int status) {
    return new Answer(status, "", Headers.empty(), InputStream.nullInputStream(), 0, () -> {});
  }

  /** A document is written down first, when somebody wants to know. */
  @Override
  public long length() {
    return body instanceof DocumentBody written ? written.length() : length;
  }

  /** The document that the body is, where it need not be read to be known. */
  public Optional<JsonStructure> known() {
    return body instanceof DocumentBody whole ? Optional.of(whole.document()) : Optional.empty();
  }

  /** Reads the body as JSON and closes the answer. */
  public JsonStructure document() {
    if (body instanceof DocumentBody whole) {
      close();
      return whole.document();
    }
    try (this;
        JsonReader reader = JsonBuilders.reader(body)) {
      return reader.read();
    }
  }

  /** Reads the body to its end and closes the answer. */
  public byte[] bytes() {
    try (this) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same answer with a document in place of its body. */
  public Answer with(JsonStructure document) {
    close();
    return json(status, headers, document);
  }

  /** The same answer with bytes that have been read in place of its body. */
  public Answer with(byte[] bytes) {
    close();
    return new Answer(
        status, reason, headers, new ByteArrayInputStream(bytes), bytes.length, () -> {});
  }

  @Override
  public void close() {
    release.run();
  }
}
