package io.sockerless.backend.core.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A registry in this process that does what a test says: it serves what it was given, takes what is
 * pushed, and each request goes first through the test's own hands.
 */
public final class FakeRegistry implements AutoCloseable {

  /** What a test does to requests. */
  @FunctionalInterface
  public interface Interceptor {
    /** Answers a request itself, and says so by true. */
    boolean handles(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Interceptor interceptor = exchange -> false;

  /** Listens on loopback. */
  public FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Host and port, as an image's name has them. */
  public String domain() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Its URL. */
  public URI url() {
    return URI.create("http://" + domain());
  }

  /** What was asked, as {@code METHOD path authorization range}, without the path's query. */
  public List<String> requests() {
    return requests;
  }

  /** Lets a test answer in the registry's place. */
  public void intercept(Interceptor other) {
    interceptor = other;
  }

  /** Adds a blob. */
  public Descriptor blob(String mediaType, byte[] bytes) {
    MessageDigest hash = Digest.sha256();
    hash.update(bytes);
    Digest digest = Digest.sha256(hash);
    blobs.put(digest.toString(), bytes);
    return new Descriptor(mediaType, digest, bytes.length);
  }

  /** What it has of a blob. */
  public Optional<byte[]> blob(Digest digest) {
    return Optional.ofNullable(blobs.get(digest.toString()));
  }

  /** Adds a manifest under a tag, and its digest. */
  public Manifest manifest(String repository, String tag, String mediaType, String text)
      throws IOException {
    Manifest manifest = Manifest.parse(mediaType, text);
    manifests.put(repository + " " + tag, manifest);
    manifests.put(repository + " " + manifest.digest(), manifest);
    return manifest;
  }

  /** What it has under a tag. */
  public Optional<Manifest> manifest(String repository, String tag) {
    return Optional.ofNullable(manifests.get(repository + " " + tag));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = header(exchange, "Authorization");
      String range = header(exchange, "Range");
      requests.add(
          (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath())
              + (authorization.isEmpty() ? "" : " " + authorization)
              + (range.isEmpty() ? "" : " " + range));
      if (!interceptor.handles(exchange)) {
        serve(exchange);
      }
    }
  }

  /** A header field of a request, empty if it is not there. */
  public static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/v2/")) {
      answer(exchange, 200, new byte[0]);
    } else if (path.contains("/blobs/uploads/")) {
      upload(exchange, path);
    } else if (path.contains("/blobs/")) {
      serveBlob(exchange, path.substring(path.lastIndexOf('/') + 1));
    } else if (path.contains("/manifests/")) {
      serveManifest(exchange, path);
    } else if (path.endsWith("/tags/list")) {
      String repository = path.substring("/v2/".length(), path.indexOf("/tags/list"));
      String tags =
          manifests.keySet().stream()
              .filter(key -> key.startsWith(repository + " ") && !key.contains("sha256:"))
              .map(key -> "\"" + key.substring(repository.length() + 1) + "\"")
              .sorted()
              .reduce((a, b) -> a + "," + b)
              .orElse("");
      answer(exchange, 200, ("{\"tags\":[" + tags + "]}").getBytes(StandardCharsets.UTF_8));
    } else {
      error(exchange, 404, "NAME_UNKNOWN", "repository name not known to registry");
    }
  }

  private void serveBlob(HttpExchange exchange, String digest) throws IOException {
    byte[] bytes = blobs.get(digest);
    if (bytes == null) {
      error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
      return;
    }
    String range = header(exchange, "Range");
    if (range.isEmpty()) {
      answer(exchange, 200, bytes);
      return;
    }
    int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    answer(exchange, 206, Arrays.copyOfRange(bytes, start, bytes.length));
  }

  private void serveManifest(HttpExchange exchange, String path) throws IOException {
    int place = path.indexOf("/manifests/");
    String repository = path.substring("/v2/".length(), place);
    String reference = path.substring(place + "/manifests/".length());
    if (exchange.getRequestMethod().equals("PUT")) {
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      manifest(repository, reference, header(exchange, "Content-Type"), text);
      answer(exchange, 201, new byte[0]);
      return;
    }
    Manifest manifest = manifests.get(repository + " " + reference);
    if (manifest == null) {
      error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", manifest.mediaType());
    answer(exchange, 200, manifest.text().getBytes(StandardCharsets.UTF_8));
  }

  private void upload(HttpExchange exchange, String path) throws IOException {
    String id = path.substring(path.lastIndexOf('/') + 1);
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        String fresh = String.valueOf(uploads.size() + 1);
        uploads.put(fresh, new ByteArrayOutputStream());
        exchange.getResponseHeaders().add("Location", path + fresh);
        answer(exchange, 202, new byte[0]);
      }
      case "PATCH" -> {
        exchange.getRequestBody().transferTo(upload(id));
        exchange.getResponseHeaders().add("Location", path);
        answer(exchange, 202, new byte[0]);
      }
      case "GET" -> {
        int size = upload(id).size();
        exchange.getResponseHeaders().add("Location", path);
        exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, size - 1));
        answer(exchange, 204, new byte[0]);
      }
      default -> {
        blob("", upload(id).toByteArray());
        answer(exchange, 201, new byte[0]);
      }
    }
  }

  private ByteArrayOutputStream upload(String id) {
    return Optional.ofNullable(uploads.get(id)).orElseThrow();
  }

  /** What has come of an upload. */
  public void received(String upload, byte[] bytes) {
    upload(upload).writeBytes(bytes);
  }

  /** Answers with bytes. */
  public static void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
    if (!none) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Answers with an error in a registry's form. */
  public static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    String document = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    answer(exchange, status, document.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
