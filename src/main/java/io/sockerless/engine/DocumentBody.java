package io.sockerless.engine;

import jakarta.json.JsonStructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A document as the body of an answer, which is written down when somebody reads it. Whoever asks
 * in the server's own process, as rules do before each creation, takes the document as it is.
 */
final class DocumentBody extends InputStream {

  private final JsonStructure document;
  private Optional<Written> written = Optional.empty();

  private record Written(ByteArrayInputStream stream, int length) {}

  DocumentBody(JsonStructure document) {
    this.document = document;
  }

  JsonStructure document() {
    return document;
  }

  /** In bytes, with the newline that dockerd ends a document with. */
  int length() {
    return written().length();
  }

  private Written written() {
    return written.orElseGet(() -> {
      byte[] bytes = (document + "\n").getBytes(StandardCharsets.UTF_8);
      Written whole = new Written(new ByteArrayInputStream(bytes), bytes.length);
      written = Optional.of(whole);
      return whole;
    });
  }

  private InputStream stream() {
    return written().stream();
  }

  @Override
  public int read() throws IOException {
    return stream().read();
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    return stream().read(buffer, offset, count);
  }

  @Override
  public byte[] readAllBytes() throws IOException {
    return stream().readAllBytes();
  }

  @Override
  public long skip(long count) throws IOException {
    return stream().skip(count);
  }

  @Override
  public int available() throws IOException {
    return stream().available();
  }

  @Override
  public long transferTo(OutputStream output) throws IOException {
    return stream().transferTo(output);
  }
}
