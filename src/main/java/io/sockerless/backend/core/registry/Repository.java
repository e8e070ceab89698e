package io.sockerless.backend.core.registry;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One repository of a registry.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     distribution specification</a>
 */
public final class Repository {

  private static final int MAX_MANIFEST = 8 * 1024 * 1024;

  private final RegistrySession session;
  private final String path;
  private final List<String> scopes;

  Repository(RegistrySession session, String path, String actions) {
    this.session = session;
    this.path = path;
    this.scopes = List.of("repository:" + path + ":" + actions);
  }

  private HttpRequest.Builder request(String rest) {
    return HttpRequest.newBuilder(session.url("/v2/" + path + rest));
  }

  /**
   * Fetches a manifest or an index.
   *
   * @param reference a tag or a digest; what comes for a digest is checked
   */
  public Manifest manifest(String reference) throws IOException {
    HttpResponse<InputStream> answer =
        session.send(
            request("/manifests/" + reference).header("Accept", Manifest.ACCEPT).GET(), scopes);
    byte[] bytes;
    try (InputStream body = answer.body()) {
      bytes = body.readNBytes(MAX_MANIFEST + 1);
    }
    if (bytes.length > MAX_MANIFEST) {
      throw new IOException("manifest is larger than " + MAX_MANIFEST + " bytes");
    }
    Optional<Digest> wanted = Digest.parse(reference);
    if (wanted.isPresent()) {
      MessageDigest hash = wanted.get().newHash();
      hash.update(bytes);
      if (!wanted.get().matches(hash)) {
        throw new IOException("manifest verification failed for digest " + reference);
      }
    }
    return Manifest.parse(answer.headers().firstValue("Content-Type").orElse(""), utf8(bytes));
  }

  private static String utf8(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("invalid manifest: no UTF-8", e);
    }
  }

  /**
   * Reads a blob from some byte on. A registry that cannot begin there begins at 0: the answer
   * tells.
   */
  public Blob blob(Digest digest, long offset) throws IOException {
    HttpRequest.Builder request = request("/blobs/" + digest).GET();
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    HttpResponse<InputStream> answer = session.send(request, scopes, 416);
    if (answer.statusCode() == 416) {
      Http.closeQuietly(answer);
      return blob(digest, 0);
    }
    return new Blob(new StallGuard(answer.body()), answer.statusCode() == 206 ? offset : 0);
  }

  /** Whether the repository has a blob. */
  public boolean hasBlob(Digest digest) throws IOException {
    HttpResponse<InputStream> answer =
        session.send(
            request("/blobs/" + digest).method("HEAD", BodyPublishers.noBody()), scopes, 404);
    Http.closeQuietly(answer);
    return answer.statusCode() < 400;
  }

  /** Takes a blob over from another repository of the registry; false if it will not. */
  public boolean mount(Digest digest, String fromPath) throws IOException {
    List<String> both = List.of(scopes.getFirst(), "repository:" + fromPath + ":pull");
    try {
      HttpResponse<InputStream> answer =
          session.send(
              request("/blobs/uploads/?mount=" + digest + "&from=" + fromPath)
                  .POST(BodyPublishers.noBody()),
              both,
              401,
              403,
              404);
      Http.closeQuietly(answer);
      if (answer.statusCode() == 202) {
        cancel(RegistrySession.location(answer.uri(), answer));
      }
      return answer.statusCode() == 201;
    } catch (RegistryException e) {
      // The caller may push here and yet not read there: the blob is uploaded then.
      return false;
    }
  }

  /** The registry began an upload in a mount's place, which nobody needs. */
  private void cancel(URI upload) throws IOException {
    Http.closeQuietly(session.send(HttpRequest.newBuilder(upload).DELETE(), scopes, 404, 405));
  }

  /** Uploads a blob, which is read again if the connection breaks off. */
  public void upload(Digest digest, long size, BlobUpload.Source source) throws IOException {
    new BlobUpload(session, scopes, request("/blobs/uploads/")).run(digest, size, source);
  }

  /**
   * Stores a manifest under a tag or its digest.
   *
   * @return the digest that the registry gives it
   */
  public Digest putManifest(String reference, Manifest manifest) throws IOException {
    HttpResponse<InputStream> answer =
        session.send(
            request("/manifests/" + reference)
                .header("Content-Type", manifest.mediaType())
                .PUT(BodyPublishers.ofString(manifest.text())),
            scopes);
    Http.closeQuietly(answer);
    return manifest.digest();
  }

  /** All tags. */
  public List<String> tags() throws IOException {
    List<String> tags = new ArrayList<>();
    URI page = session.url("/v2/" + path + "/tags/list");
    for (Optional<URI> next = Optional.of(page); next.isPresent(); ) {
      HttpResponse<InputStream> answer =
          session.send(HttpRequest.newBuilder(next.get()).GET(), scopes);
      byte[] bytes;
      try (InputStream body = answer.body()) {
        bytes = body.readNBytes(MAX_MANIFEST);
      }
      try (JsonReader reader = JsonBuilders.reader(new ByteArrayInputStream(bytes))) {
        JsonObject document = reader.readObject();
        if (document.get("tags") instanceof JsonArray array) {
          array.getValuesAs(JsonString.class).forEach(tag -> tags.add(tag.getString()));
        }
      } catch (JsonException | ClassCastException e) {
        throw new IOException("invalid list of tags", e);
      }
      next = nextPage(next.get(), answer);
    }
    return tags;
  }

  private Optional<URI> nextPage(URI page, HttpResponse<InputStream> answer) throws IOException {
    Optional<String> link =
        answer
            .headers()
            .firstValue("Link")
            .filter(text -> text.startsWith("<") && text.contains(">; rel=\"next\""));
    if (link.isEmpty()) {
      return Optional.empty();
    }
    URI next = page.resolve(link.get().substring(1, link.get().indexOf('>')));
    if (!Hosts.origin(next).equals(Hosts.origin(page)) || next.equals(page)) {
      throw new IOException("invalid list of tags: its next page is elsewhere");
    }
    return Optional.of(next);
  }

  /**
   * A blob that comes.
   *
   * @param offset the place of the first byte in the whole blob
   */
  public record Blob(InputStream stream, long offset) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
