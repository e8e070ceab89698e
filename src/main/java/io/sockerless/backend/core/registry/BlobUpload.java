package io.sockerless.backend.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads one blob: begins, sends, and goes on from where the registry has got to if it broke. */
public final class BlobUpload {

  private static final int ATTEMPTS = 5;
  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d+)");

  private final RegistrySession session;
  private final List<String> scopes;
  private final HttpRequest.Builder begin;

  BlobUpload(RegistrySession session, List<String> scopes, HttpRequest.Builder begin) {
    this.session = session;
    this.scopes = scopes;
    this.begin = begin;
  }

  /** Where the blob's bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** Opens the blob at some byte. */
    InputStream open(long offset) throws IOException;
  }

  /** Blocks until the registry has the blob, and has checked it. */
  void run(Digest digest, long size, Source source) throws IOException {
    URI location = begin();
    long offset = 0;
    IOException failure = new IOException("blob upload " + digest + " was not accepted");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        location = send(location, offset, size, source);
        finish(location, digest);
        return;
      } catch (UnreachableException e) {
        throw e;
      } catch (RegistryException e) {
        if (e.status() != 404 && e.status() != 416) {
          throw e;
        }
        failure = e;
        location = begin();
        offset = 0;
      } catch (IOException e) {
        failure = e;
        Optional<Progress> reached = reached(location);
        location = reached.isPresent() ? reached.get().location() : begin();
        offset = reached.map(Progress::offset).orElse(0L);
      }
    }
    throw failure;
  }

  private URI begin() throws IOException {
    HttpResponse<InputStream> answer =
        session.send(begin.copy().POST(BodyPublishers.noBody()), scopes);
    Http.closeQuietly(answer);
    return RegistrySession.location(answer.uri(), answer);
  }

  private URI send(URI location, long offset, long size, Source source) throws IOException {
    if (offset == size && size > 0) {
      return location;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(location)
            .header("Content-Type", "application/octet-stream")
            .method("PATCH", body(offset, size, source));
    if (offset > 0) {
      request.header("Content-Range", offset + "-" + (size - 1));
    }
    HttpResponse<InputStream> answer = session.once(request, scopes);
    Http.closeQuietly(answer);
    return RegistrySession.location(answer.uri(), answer);
  }

  private static BodyPublisher body(long offset, long size, Source source) {
    if (size == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> {
          try {
            return source.open(offset);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }),
        size - offset);
  }

  private void finish(URI location, Digest digest) throws IOException {
    String separator = location.getRawQuery() == null ? "?" : "&";
    URI last = URI.create(location + separator + "digest=" + digest.toString().replace(":", "%3A"));
    Http.closeQuietly(
        session.send(HttpRequest.newBuilder(last).PUT(BodyPublishers.noBody()), scopes));
  }

  /** How far the registry has got, if it still knows of the upload. */
  private Optional<Progress> reached(URI location) throws IOException {
    HttpResponse<InputStream> answer =
        session.send(HttpRequest.newBuilder(location).GET(), scopes, 404, 405);
    Http.closeQuietly(answer);
    Optional<String> range = answer.headers().firstValue("Range");
    if (answer.statusCode() >= 400 || range.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = RANGE.matcher(range.get());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long last = Long.parseLong(matcher.group(1));
    URI next =
        answer.headers().firstValue("Location").isPresent()
            ? RegistrySession.location(answer.uri(), answer)
            : location;
    // Registries say 0-0 for nothing as well as for one byte.
    return Optional.of(new Progress(next, last == 0 ? 0 : last + 1));
  }

  private record Progress(URI location, long offset) {}
}
