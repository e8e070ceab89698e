package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import io.sockerless.http.Errors;
import io.sockerless.support.Settings;
import io.sockerless.support.SmallDisk;
import jakarta.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A data folder whose disk becomes full, and is given room again. */
@Timeout(60)
class FullDiskTest {

  private static final int MOST = 100_000;
  private static final int LEFT = 1_200_000;

  private static Engine open(SmallDisk disk) {
    Settings settings =
        Settings.of(
            "sockerless.data",
            disk.folder().resolve("data").toString(),
            "sockerless.images.embedded",
            "false");
    return new MemoryBackend()
        .create(
            new BackendContext(settings, new AgentRegistry(Duration.ofSeconds(1)), Runnable::run));
  }

  private static void close(Engine engine) throws IOException {
    ((Closeable) engine).close();
  }

  private static String volume(Engine engine, int number) {
    JsonObject body = JsonBuilders.object().add("Name", "v" + number).build();
    engine.volumes().create(Call.of(Query.none()).with(body)).close();
    return "v" + number;
  }

  private static List<String> volumes(Engine engine) {
    return engine
        .volumes()
        .list(Call.of(Query.none()))
        .document()
        .asJsonObject()
        .getJsonArray("Volumes")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(volume -> volume.getString("Name"))
        .toList();
  }

  @Test
  void whatWasAcknowledgedStaysAndWhatIsNotIsSaidInDockersForm() throws IOException {
    try (SmallDisk disk = SmallDisk.of(4)) {
      Engine engine = open(disk);
      List<String> made = new ArrayList<>(List.of(volume(engine, 0)));
      Path filler = disk.fill(LEFT);

      RuntimeException full =
          catchThrowableOfType(
              RuntimeException.class,
              () -> {
                for (int i = 1; i < MOST; i++) {
                  made.add(volume(engine, i));
                }
              });
      try (Answer answer = Errors.answer(full)) {
        System.getLogger(FullDiskTest.class.getName())
            .log(
                System.Logger.Level.INFO,
                "a full disk: {0} volumes acknowledged, the next one answered {1} {2}",
                made.size(),
                answer.status(),
                full);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.document().asJsonObject().getString("message"))
            .isEqualTo("no space left on device: the data folder is full");
      }
      assertThat(volumes(engine)).as("while it is full").containsAll(made);

      // What goes makes room.
      engine.volumes().remove(made.removeFirst(), Call.of(Query.none())).close();
      Files.delete(filler);
      made.add(volume(engine, MOST));
      close(engine);
      Engine again = open(disk);
      assertThat(volumes(again)).as("after a new start").containsAll(made);
      close(again);
    }
  }
}
