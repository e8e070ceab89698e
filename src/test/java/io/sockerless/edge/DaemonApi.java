package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.RawClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What tests do over and over with a real daemon behind an edge; it removes what it has made. */
final class DaemonApi implements AutoCloseable {

  /** Standard output and standard error, taken apart. */
  record Output(byte[] out, byte[] err) {
    String text() {
      return new String(out, StandardCharsets.UTF_8);
    }
  }

  private final EdgeServer edge;
  private final ConcurrentLinkedQueue<String> containers = new ConcurrentLinkedQueue<>();

  DaemonApi(EdgeServer edge) {
    this.edge = edge;
  }

  /** Creates a container of {@code busybox}; the fields come on top of Image and Cmd. */
  String create(Map<String, Object> fields, String... command) throws IOException {
    var spec =
        Json.createObjectBuilder(fields)
            .add("Image", "busybox")
            .add("Cmd", Json.createArrayBuilder(List.of(command)))
            .add("HostConfig", Json.createObjectBuilder().add("NetworkMode", "none"))
            .build();
    String id = send("POST", "/containers/create", spec, 201).getString("Id");
    containers.add(id);
    return id;
  }

  /** A container that does nothing until it is removed. */
  String sleeper() throws IOException {
    String id = create(Map.of(), "sleep", "600");
    start(id);
    return id;
  }

  void start(String id) throws IOException {
    send("POST", "/containers/" + id + "/start", JsonObject.EMPTY_JSON_OBJECT, 204);
  }

  int waitFor(String id) throws IOException {
    return send("POST", "/containers/" + id + "/wait", JsonObject.EMPTY_JSON_OBJECT, 200)
        .getInt("StatusCode");
  }

  /** Opens an attach stream; its head is read. */
  RawClient attach(String id) throws IOException {
    RawClient client = edge.connect();
    client.send(
        "POST /containers/"
            + id
            + "/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    assertThat(client.head()).startsWith("HTTP/1.1 101 UPGRADED");
    return client;
  }

  /** Starts a command and joins its streams; the head is read. */
  RawClient exec(String container, boolean stdin, boolean tty, String... command)
      throws IOException {
    JsonObject spec =
        Json.createObjectBuilder()
            .add("AttachStdin", stdin)
            .add("AttachStdout", true)
            .add("AttachStderr", true)
            .add("Tty", tty)
            .add("Cmd", Json.createArrayBuilder(List.of(command)))
            .build();
    String id = send("POST", "/containers/" + container + "/exec", spec, 201).getString("Id");
    String body = "{\"Detach\":false,\"Tty\":" + tty + "}";
    RawClient client = edge.connect();
    client.send(
        "POST /exec/"
            + id
            + "/start HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    assertThat(client.head()).startsWith("HTTP/1.1 101 UPGRADED");
    return client;
  }

  /** Takes a multiplexed stream apart; a frame that is cut fails. */
  static Output demultiplex(byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteBuffer frames = ByteBuffer.wrap(stream);
    while (frames.hasRemaining()) {
      int kind = frames.getInt() >>> 24;
      byte[] data = new byte[frames.getInt()];
      frames.get(data);
      (kind == 2 ? err : out).writeBytes(data);
    }
    return new Output(out.toByteArray(), err.toByteArray());
  }

  JsonObject send(String method, String path, JsonObject body, int status) throws IOException {
    String text = body.isEmpty() ? "" : body.toString();
    try (RawClient client = edge.connect()) {
      client.send(
          method
              + " "
              + path
              + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
              + text.getBytes(StandardCharsets.UTF_8).length
              + "\r\n\r\n"
              + text);
      RawClient.Response response = client.response();
      assertThat(response.status()).as(path + ": " + response.text()).isEqualTo(status);
      return response.text().isBlank()
          ? JsonObject.EMPTY_JSON_OBJECT
          : Json.createReader(new StringReader(response.text())).readObject();
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    for (String id : containers) {
      try {
        send("DELETE", "/containers/" + id + "?force=1&v=1", JsonObject.EMPTY_JSON_OBJECT, 204);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
