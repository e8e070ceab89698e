package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import io.sockerless.backend.memory.support.TinyImage;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import io.sockerless.support.Settings;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine, from one server to the next one on the same data. */
class RestartIT {

  private static final Call PLAIN = Call.of(Query.none());

  @TempDir private Path data;

  private Engine open() {
    return new MemoryBackend()
        .create(
            new BackendContext(
                Settings.of(
                    "sockerless.data", data.toString(), "sockerless.images.embedded", "false"),
                new AgentRegistry(Duration.ofSeconds(60)),
                Runnable::run));
  }

  private static void close(Engine engine) throws IOException {
    ((Closeable) engine).close();
  }

  private static String run(Engine engine, String script) {
    JsonObject spec =
        Json.createObjectBuilder()
            .add("Image", "tiny:1")
            .add("Cmd", Json.createArrayBuilder().add("/bin/sh").add("-c").add(script))
            .add("Tty", true)
            .add("HostConfig", Json.createObjectBuilder().add("NetworkMode", "none"))
            .build();
    String id =
        engine.containers().create(PLAIN.with(spec)).document().asJsonObject().getString("Id");
    engine.containers().start(id, PLAIN).close();
    return id;
  }

  private static JsonObject state(Engine engine, String id) {
    return engine.containers().inspect(id, PLAIN).document().asJsonObject().getJsonObject("State");
  }

  private static String logs(Engine engine, String id) {
    return new String(
        engine.containers().logs(id, Call.of(Query.none().and("stdout", "1"))).bytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void aContainerCleansUpWhenTheServerStops() throws IOException {
    Engine before = open();
    TinyImage.importInto(before);
    String id = run(before, "trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.1; done");
    Awaitility.await().until(() -> logs(before, id).contains("up"));
    close(before);
    Engine after = open();
    try {
      assertThat(state(after, id).getString("Status")).isEqualTo("exited");
      assertThat(state(after, id).getInt("ExitCode")).isEqualTo(7);
      assertThat(logs(after, id)).contains("bye");
    } finally {
      close(after);
    }
  }

  @Test
  void tenThousandContainersAreThereAfterLessThanFiveSecondsOfTheProcessor() throws IOException {
    Engine first = open();
    TinyImage.importInto(first);
    String like = run(first, "exit 3");
    first.containers().waitFor(like, PLAIN).bytes();
    close(first);
    multiply(like, 10_000);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    Engine engine = open();
    Duration took = Duration.ofNanos(clock.getCurrentThreadCpuTime() - start);
    try {
      assertThat(state(engine, "c9999").getInt("ExitCode")).isEqualTo(3);
      assertThat(took).isLessThan(Duration.ofSeconds(5));
    } finally {
      close(engine);
    }
  }

  /** More containers as one is, in the store and with a folder each. */
  private void multiply(String id, int times) throws IOException {
    try (Store store = Store.open(data)) {
      Table containers = store.table("containers");
      JsonObject document = containers.get(id).orElseThrow();
      for (int i = 0; i < times; i++) {
        String other = "%064d".formatted(i);
        Files.createDirectories(store.folder("containers").resolve(other));
        containers.put(
            other,
            Json.createObjectBuilder(document).add("Id", other).add("Name", "c" + i).build());
      }
    }
  }
}
