package io.sockerless.backend.docker;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Query;
import io.sockerless.stream.ConnectionStream;
import io.sockerless.wire.ConnectionFailedException;
import io.sockerless.wire.ConnectionPool;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.ResponseHead;
import io.sockerless.wire.WireClient;
import jakarta.json.JsonString;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** The daemon behind us: sends calls as they came, and hands its answers out as they come. */
final class Daemon {

  private static final int MAX_ERROR = 1024 * 1024;

  private final String host;
  private final WireClient client;
  private volatile Optional<String> apiVersion = Optional.empty();

  Daemon(String host, ConnectionPool.Dialer dialer) {
    this.host = host;
    this.client = new WireClient(new ConnectionPool(dialer));
  }

  /**
   * A path from fixed parts and names in turn; a name's slashes stay, since image names have them.
   */
  static String path(String... parts) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        path.append(parts[i]);
      } else {
        path.append('/')
            .append(
                URLEncoder.encode(parts[i], StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("%2F", "/")
                    .replace("%3A", ":")
                    .replace("%40", "@"));
      }
    }
    return path.toString();
  }

  /**
   * Sends a call and answers once the daemon has.
   *
   * @throws EngineException the daemon's own error, or {@link EngineException.Unavailable} if it
   *     cannot be reached
   */
  Answer send(String method, String path, Call call) {
    WireClient.Response response = exchange(method, path, call);
    ResponseHead head = response.head();
    Headers headers = head.headers().endToEnd();
    if (head.status() >= 400) {
      throw error(response, headers);
    }
    long length = method.equals("HEAD") ? declaredLength(head) : response.body().length();
    return new Answer(
        head.status(), head.reason(), headers, response.body(), length, response::close);
  }

  /**
   * Sends a call that takes over its connection; the headers hold {@code Upgrade} if the client
   * asked for one.
   */
  HijackedStream hijack(String method, String path, Call call) {
    WireClient.Response response = exchange(method, path, call);
    ResponseHead head = response.head();
    if (head.status() >= 400) {
      throw error(response, head.headers().endToEnd());
    }
    try {
      return new ConnectionStream(head, response.takeOver());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** The newest API version that the daemon speaks, asked once and then read off its answers. */
  String apiVersion() {
    if (apiVersion.isEmpty()) {
      send("GET", "/_ping", Call.of(Query.none())).bytes();
    }
    return apiVersion.orElseThrow(() ->
        new EngineException.Unavailable(
            "the Docker daemon at " + host + " does not name its API version"));
  }

  private WireClient.Response exchange(String method, String path, Call call) {
    String target = call.version().map(version -> "/v" + version).orElse("") + path;
    if (!call.query().raw().isEmpty()) {
      target += "?" + call.query().raw();
    }
    Headers headers = call.headers();
    Headers sent = headers.first("Host").isPresent() ? headers : headers.and("Host", "docker");
    Consumer<Closeable> opened =
        connection -> call.cancellation().onCancel(() -> close(connection));
    Body body = call.body();
    try {
      WireClient.Response response =
          client.send(new RequestHead(method, target, sent), body.stream(), body.length(), opened);
      response.head().headers().first("Api-Version").ifPresent(this::remember);
      return response;
    } catch (ConnectionFailedException e) {
      throw new EngineException.Unavailable(
          "Cannot connect to the Docker daemon at "
              + host
              + ". Is the docker daemon running? ("
              + e.getMessage()
              + ")");
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void remember(String version) {
    if (!apiVersion.equals(Optional.of(version))) {
      apiVersion = Optional.of(version);
    }
  }

  private EngineException broken(IOException e) {
    return new EngineException.Unavailable(
        "the connection to the Docker daemon at " + host + " broke: " + e.getMessage());
  }

  private static long declaredLength(ResponseHead head) {
    return head.headers().first("Content-Length").map(Long::parseLong).orElse(-1L);
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  private EngineException error(WireClient.Response response, Headers headers) {
    try (response;
        InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_ERROR);
      return EngineException.of(response.head().status(), message(bytes), headers);
    } catch (IOException e) {
      return broken(e);
    }
  }

  /**
   * The {@code message} of an error document. Attach has none: its errors are plain text, under the
   * type of a stream.
   */
  private static String message(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    try {
      return Body.parse(body).get("message") instanceof JsonString message
          ? message.getString()
          : text;
    } catch (EngineException.InvalidParameter e) {
      return text;
    }
  }
}
