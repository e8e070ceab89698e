package io.sockerless.backend.memory;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.memory.support.TinyImage;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import io.sockerless.support.Settings;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A server's engine under load, in a process that {@link KillIT} kills. It tells, a line each, what
 * it found when it opened its data, and then everything that it has asked for and been granted.
 */
public final class KillLoad {

  private static final int THREADS = 4;
  private static final String IMAGE = "tiny:1";
  private static final PrintStream OUT = System.out;

  private final Engine engine;

  private KillLoad(Engine engine) {
    this.engine = engine;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the data folder
   */
  public static void main(String[] arguments) throws IOException {
    long start = System.nanoTime();
    KillLoad load =
        new KillLoad(
            new MemoryBackend()
                .create(
                    new BackendContext(
                        Settings.of(
                            "sockerless.data", arguments[0], "sockerless.images.embedded", "false"),
                        new AgentRegistry(Duration.ofSeconds(60)),
                        Runnable::run)));
    load.tell();
    say("ready " + (System.nanoTime() - start) / 1_000_000);
    TinyImage.importInto(load.engine);
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().start(load::work);
    }
  }

  private static synchronized void say(String line) {
    OUT.println(line);
    OUT.flush();
  }

  private void tell() {
    for (JsonValue value : engine.containers().list(call("all", "1")).document().asJsonArray()) {
      JsonObject container = value.asJsonObject();
      say("container " + container.getString("Id") + " " + container.getString("State"));
      JsonObject state =
          engine
              .containers()
              .inspect(container.getString("Id"), Call.of(Query.none()))
              .document()
              .asJsonObject()
              .getJsonObject("State");
      say("exit " + container.getString("Id") + " " + state.getInt("ExitCode"));
    }
    for (JsonValue value :
        engine
            .volumes()
            .list(Call.of(Query.none()))
            .document()
            .asJsonObject()
            .getJsonArray("Volumes")) {
      say("volume " + value.asJsonObject().getString("Name"));
    }
  }

  private static Call call(String name, String value) {
    return Call.of(Query.none().and(name, value));
  }

  private void work() {
    while (true) {
      String id = create();
      say("created " + id);
      if (chance()) {
        engine.containers().start(id, Call.of(Query.none()));
        say("started " + id);
      }
      String volume = "v" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
      engine
          .volumes()
          .create(
              Call.of(Query.none()).with(Json.createObjectBuilder().add("Name", volume).build()));
      say("volume-created " + volume);
      if (chance()) {
        say("removing " + id);
        engine.containers().remove(id, call("force", "1"));
        say("removed " + id);
        say("volume-removing " + volume);
        engine.volumes().remove(volume, Call.of(Query.none()));
        say("volume-removed " + volume);
      }
    }
  }

  private static boolean chance() {
    return ThreadLocalRandom.current().nextBoolean();
  }

  private String create() {
    JsonObject spec =
        Json.createObjectBuilder()
            .add("Image", IMAGE)
            .add("Cmd", Json.createArrayBuilder().add("/bin/sleep").add("1000"))
            .add("HostConfig", Json.createObjectBuilder().add("NetworkMode", "none"))
            .build();
    return engine
        .containers()
        .create(Call.of(Query.none()).with(spec))
        .document()
        .asJsonObject()
        .getString("Id");
  }
}
