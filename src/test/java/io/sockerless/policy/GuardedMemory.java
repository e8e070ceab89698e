package io.sockerless.policy;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.memory.MemoryBackend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Identity;
import io.sockerless.engine.InterceptedEngine;
import io.sockerless.engine.Query;
import io.sockerless.policy.rule.Policy;
import io.sockerless.policy.rule.PolicyException;
import io.sockerless.policy.rule.PolicyReader;
import io.sockerless.support.Settings;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The memory backend with an image, and guards before it. */
final class GuardedMemory implements AutoCloseable {

  static final Identity ALICE = new Identity("alice", Set.of("developers"));
  static final Identity BOB = new Identity("bob", Set.of("developers"));
  static final Identity ADMIN = new Identity("root", Set.of("admins"));

  /** Rules that a team might have. */
  static final String TEAM =
      """
      rules:
        - who: ["*"]
          allow: [system.ping, system.pingHead, system.version]
        - name: developers
          who: ["group:developers"]
          allow: [containers.*, execs.*, images.*, networks.*, volumes.*, system.*]
          may:
            binds: [/srv/shared]
        - name: admins
          who: ["group:admins"]
          allow: ["*"]
          owners: ["*"]
          may:
            privileged: true
            capabilities: ["*"]
            binds: ["*"]
            devices: ["*"]
            namespaces: ["*"]
            security: ["*"]
            sysctls: ["*"]
      """;

  private static final AtomicInteger COUNT = new AtomicInteger();

  final Engine backend;
  final List<Decision> decisions = new CopyOnWriteArrayList<>();

  GuardedMemory(Path data) {
    Settings settings =
        Settings.of("sockerless.data", data.toString(), "sockerless.images.embedded", "false");
    backend =
        new MemoryBackend()
            .create(
                new BackendContext(
                    settings, new AgentRegistry(Duration.ofSeconds(1)), Runnable::run));
    importImage("base");
  }

  /** The backend behind these rules. */
  Engine guarded(String rules) {
    return guarded(rules, true);
  }

  Engine guarded(String rules, boolean enforced) {
    try {
      Policy policy = PolicyReader.read(rules);
      return new InterceptedEngine(
          backend, new Guard(backend, () -> policy, enforced, decisions::add));
    } catch (PolicyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A name that nothing has yet. */
  static String fresh() {
    return "thing" + COUNT.incrementAndGet() + "x";
  }

  /** A call with parameters, {@code name, value, …}. */
  static Call call(Identity identity, String... parameters) {
    Query query = Query.none();
    for (int i = 0; i < parameters.length; i += 2) {
      query = query.and(parameters[i], parameters[i + 1]);
    }
    return Call.of(query).with(identity).withHeader("Content-Type", "application/json");
  }

  /** A body; single quotes stand for double ones. */
  static Body body(String json) {
    return Body.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** Creates a container; more fields stand behind the image. Answers its id. */
  static String create(Engine engine, Identity identity, String name, String fields) {
    String document = "{'Image':'base','Cmd':['sleep','60']" + fields + "}";
    return engine
        .containers()
        .create(call(identity, "name", name).with(body(document)))
        .document()
        .asJsonObject()
        .getString("Id");
  }

  /** Creates and starts one. */
  static String run(Engine engine, Identity identity, String name) {
    String id = create(engine, identity, name, "");
    engine.containers().start(id, call(identity)).close();
    return id;
  }

  JsonObject inspect(String container) {
    return backend.containers().inspect(container, call(ADMIN)).document().asJsonObject();
  }

  /** The ids in a list of containers. */
  static List<String> ids(JsonArray list) {
    return list.getValuesAs(JsonObject.class).stream().map(it -> it.getString("Id")).toList();
  }

  /** Past all rules, an image of the utilities that tests use. */
  void importImage(String name) {
    backend.images().create(call(ADMIN, "fromSrc", "-", "repo", name).with(Body.of(tar()))).bytes();
  }

  /** A build's context that has nothing but a Dockerfile. */
  static Body context(String dockerfile) {
    byte[] text = dockerfile.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.put(file("Dockerfile", text.length), new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Body.of(bytes.toByteArray());
  }

  static byte[] tar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      for (String utility : List.of("sh", "sleep", "cat", "true")) {
        byte[] binary = {0x7f, 'E', 'L', 'F'};
        tar.put(file("bin/" + utility, binary.length), new ByteArrayInputStream(binary));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static TarEntry file(String name, long size) {
    return new TarEntry(name, TarEntry.Kind.FILE, 0755, 0, 0, Instant.EPOCH, "", 0, 0, size);
  }

  /** The status and the words of what an operation throws; {@code 200} if it does not. */
  static String refusal(Runnable operation) {
    try {
      operation.run();
      return "200";
    } catch (EngineException e) {
      return e.status() + " " + e.text();
    }
  }

  @Override
  public void close() throws IOException {
    JsonArray all = backend.containers().list(call(ADMIN, "all", "1")).document().asJsonArray();
    ids(all).forEach(id -> backend.containers().remove(id, call(ADMIN, "force", "1")).close());
    ((Closeable) backend).close();
  }
}
