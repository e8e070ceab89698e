package io.sockerless.backend.core.build;

import io.sockerless.archive.SparingOutput;
import io.sockerless.backend.core.registry.LazyHttpClient;
import io.sockerless.backend.core.value.GoText;
import io.sockerless.engine.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Fetches what builds name by a URL. */
final class Downloads implements AutoCloseable {

  private static final int PIECE = 32 * 1024;

  /** How much of what a server says of its refusal is repeated, in bytes. */
  private static final int MAX_ERROR = 4 * 1024;

  private static final long STEP = 512L * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final LazyHttpClient client =
      new LazyHttpClient(
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(CONNECT));

  /**
   * What came.
   *
   * @param modified as the server tells, the epoch if it does not
   */
  record Download(URI uri, Path file, String contentType, Instant modified) {}

  /** Is told how far a download has got. */
  @FunctionalInterface
  interface Watcher {
    /**
     * So much has come.
     *
     * @param total in bytes, 0 if it is not known
     */
    void received(long current, long total) throws IOException;
  }

  private static IOException refused(String url, int status, InputStream body) throws IOException {
    String why = new String(body.readNBytes(MAX_ERROR), StandardCharsets.UTF_8).strip();
    return new IOException("failed to GET " + url + " with status " + status + ": " + why);
  }

  /**
   * Fetches a file.
   *
   * @param file to be written
   * @param cancellation ends it
   * @throws IOException in Go's words, as dockerd says it
   */
  Download fetch(String url, Path file, Cancellation cancellation, Watcher watcher)
      throws IOException {
    HttpRequest request = request(url);
    try {
      HttpResponse<InputStream> response =
          client.get().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        cancellation.onCancel(() -> closeQuietly(body));
        if (response.statusCode() >= 400) {
          throw refused(url, response.statusCode(), body);
        }
        long total = response.headers().firstValueAsLong("Content-Length").orElse(0);
        copy(body, file, total, watcher);
      }
      return new Download(
          response.uri(),
          file,
          response.headers().firstValue("Content-Type").orElse(""),
          response
              .headers()
              .firstValue("Last-Modified")
              .flatMap(Downloads::time)
              .orElse(Instant.EPOCH));
    } catch (ConnectException e) {
      throw new IOException(
          "Get "
              + GoText.quoted(url)
              + ": dial tcp "
              + request.uri().getHost()
              + ":"
              + port(request.uri())
              + ": connect: connection refused",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static void copy(InputStream body, Path file, long total, Watcher watcher)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long received = 0;
    long told = 0;
    try (OutputStream target = SparingOutput.open(file, StandardOpenOption.CREATE_NEW)) {
      for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
        target.write(piece, 0, count);
        received += count;
        if (told == 0 || received - told >= STEP) {
          told = received;
          watcher.received(received, total);
        }
      }
    }
    if (told != received) {
      watcher.received(received, total);
    }
  }

  private static HttpRequest request(String url) throws IOException {
    try {
      return HttpRequest.newBuilder(URI.create(url)).GET().build();
    } catch (IllegalArgumentException e) {
      throw new IOException("parse " + GoText.quoted(url) + ": invalid URL", e);
    }
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Whoever reads it learns of it.
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
