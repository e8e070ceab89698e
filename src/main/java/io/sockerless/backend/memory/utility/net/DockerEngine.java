package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The engine that a container may ask for things, as clients in it find it: at the socket that is
 * bound to its customary place, or where {@code DOCKER_HOST} says.
 */
final class DockerEngine {

  private static final String LOCAL = "unix://";
  private static final String REMOTE = "tcp://";
  private static final String CUSTOMARY = LOCAL + "/var/run/docker.sock";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Task task;
  private final String host;

  DockerEngine(Task task) {
    this.task = task;
    this.host = task.environment().getOrDefault("DOCKER_HOST", CUSTOMARY);
  }

  /** What a request is for, as the API has it; its answer's status. */
  int status(String method, String path) throws IOException {
    try (HttpExchange exchange = send(method, path)) {
      return exchange.code();
    }
  }

  /** The document at a path. */
  JsonStructure document(String path) throws IOException {
    try (HttpExchange exchange = send("GET", path);
        JsonReader reader = JsonBuilders.reader(exchange.body())) {
      if (exchange.code() != 200) {
        throw new Failure(path + ": " + exchange.statusLine());
      }
      return reader.read();
    } catch (JsonException e) {
      throw new IOException(path + ": the answer is no document", e);
    }
  }

  private HttpExchange send(String method, String path) throws IOException {
    Url url =
        Url.parse("http://" + (host.startsWith(REMOTE) ? address() : "docker") + path)
            .orElseThrow();
    HttpExchange.Request request =
        new HttpExchange.Request(method, url, Map.of(), Optional.empty());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    return HttpExchange.send(connect(url), request, false, () -> deadline - System.nanoTime());
  }

  private NetworkStack.Socket connect(Url url) throws IOException {
    return host.startsWith(LOCAL)
        ? LocalSocket.connect(task, host.substring(LOCAL.length()))
        : Connecting.connect(task, url.host(), url.port(), PATIENCE);
  }

  private String address() {
    return host.substring(REMOTE.length());
  }
}
