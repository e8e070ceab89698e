package io.sockerless.support;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A client of the internal API at a running server, through the edge or at the server's own port.
 */
public final class InternalApi {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String base;

  /** What came back; the body is there whole. */
  public record Reply(HttpResponse<byte[]> response) {
    /** The status code. */
    public int status() {
      return response.statusCode();
    }

    /** A header field, or nothing. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The body as it is. */
    public byte[] bytes() {
      return response.body();
    }

    /** The body as text. */
    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The body as an object. */
    public JsonObject object() {
      return value().asJsonObject();
    }

    /** The body as an array. */
    public JsonArray array() {
      return value().asJsonArray();
    }

    /** The {@code message} of an error. */
    public String message() {
      return object().getString("message");
    }

    private JsonValue value() {
      try (JsonReader reader = Json.createReader(new StringReader(text()))) {
        return reader.readValue();
      }
    }
  }

  private InternalApi(int port) {
    this.base = "127.0.0.1:" + port + "/internal/v1/";
  }

  /** Speaks to the edge of the run's one server. */
  public static InternalApi atTheEdge() {
    return new InternalApi(SockerlessServer.shared().edgePort());
  }

  /** Speaks to a port of any server. */
  public static InternalApi at(int port) {
    return new InternalApi(port);
  }

  /** Speaks to the own port of the run's one application server. */
  public static InternalApi atTheServer() {
    return new InternalApi(SockerlessServer.shared().httpPort());
  }

  /** Sends a GET. */
  public Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** Sends a POST without a body. */
  public Reply post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  /** Sends a POST with a document. */
  public Reply post(String path, String document) {
    return send(
        "POST", path, BodyPublishers.ofString(document), "Content-Type", "application/json");
  }

  /** Sends a DELETE. */
  public Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  /** Sends a request with header fields, names and values in turn. */
  public Reply send(String method, String path, BodyPublisher body, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + base + path))
            .method(method, body)
            .timeout(TIMEOUT);
    if (fields.length > 0) {
      request.headers(fields);
    }
    try {
      return new Reply(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens a WebSocket. */
  public WebSocket webSocket(String path, WebSocket.Listener listener) throws Exception {
    return CLIENT
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://" + base + path), listener)
        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Escapes a query's value. */
  public static String escape(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
