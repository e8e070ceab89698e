package io.sockerless.backend.core.exec;

import static io.sockerless.backend.core.document.Documents.array;
import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.string;
import static io.sockerless.backend.core.document.Documents.strings;

import io.sockerless.backend.core.attach.ProcessStreams;
import io.sockerless.backend.core.container.ContainerRecord;
import io.sockerless.backend.core.container.ContainerServices;
import io.sockerless.backend.core.container.Specs;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One command in a container: asked for, then perhaps running, then ended. */
final class ExecInstance {

  /** Where the command is in its life. */
  sealed interface Stage {
    /** Nobody has started it yet. */
    record Created() implements Stage {}

    /** Somebody is starting it. */
    record Starting() implements Stage {}

    /** It runs. */
    record Running(ContainerProcess process) implements Stage {}

    /** It has ended, or could not be started. */
    record Ended(int pid, int exitCode, Instant time) implements Stage {}
  }

  private final String id;
  private final String containerId;
  private final JsonObject config;
  private final ProcessStreams streams = new ProcessStreams();
  private volatile Stage stage = new Stage.Created();
  private volatile int rows;
  private volatile int columns;

  /** A command that the Docker API's {@code ExecConfig} describes. */
  ExecInstance(String id, String containerId, JsonObject config) {
    this.id = id;
    this.containerId = containerId;
    this.config = config;
    size(array(config, "ConsoleSize"));
  }

  String id() {
    return id;
  }

  String containerId() {
    return containerId;
  }

  ProcessStreams streams() {
    return streams;
  }

  Stage stage() {
    return stage;
  }

  void become(Stage next) {
    stage = next;
  }

  /** Takes the place of whoever else wants to start it; false if somebody has it already. */
  synchronized boolean claim() {
    boolean free = stage instanceof Stage.Created;
    if (free) {
      stage = new Stage.Starting();
    }
    return free;
  }

  boolean attaches(String field) {
    return flag(config, field);
  }

  boolean tty() {
    return flag(config, "Tty");
  }

  String detachKeys() {
    return string(config, "DetachKeys");
  }

  List<String> command() {
    return strings(config, "Cmd");
  }

  void size(JsonArray size) {
    if (!size.isEmpty()) {
      resize(Specs.characters(size, 0), Specs.characters(size, 1));
    }
  }

  /** Sets the terminal's size, of a process that is there or will be. */
  void resize(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
    if (stage instanceof Stage.Running(ContainerProcess process)) {
      process.resize(newRows, newColumns);
    }
  }

  /** What is run: the container's own environment, user and folder unless it says otherwise. */
  ProcessSpec spec(ContainerServices services, ContainerRecord container) {
    String user = string(config, "User");
    String directory = string(config, "WorkingDir");
    String own = string(container.config(), "WorkingDir");
    return new ProcessSpec(
        command(),
        Specs.environment(services, container, tty(), strings(config, "Env")),
        directory.isEmpty() ? (own.isEmpty() ? "/" : own) : directory,
        user.isEmpty() ? string(container.config(), "User") : user,
        tty(),
        attaches("AttachStdin"),
        flag(config, "Privileged"),
        rows,
        columns);
  }

  /** The Docker API's document. */
  JsonObject document() {
    List<String> command = command();
    Stage now = stage;
    return JsonBuilders.object()
        .add("ID", id)
        .add("Running", now instanceof Stage.Running)
        .add("ExitCode", exitCode(now).<JsonValue>map(JsonBuilders::value).orElse(JsonValue.NULL))
        .add(
            "ProcessConfig",
            JsonBuilders.object()
                .add("tty", tty())
                .add("entrypoint", command.getFirst())
                .add("arguments", DocumentChanges.array(command.subList(1, command.size())))
                .add("privileged", attaches("Privileged"))
                .add("user", string(config, "User")))
        .add("OpenStdin", attaches("AttachStdin"))
        .add("OpenStderr", attaches("AttachStderr"))
        .add("OpenStdout", attaches("AttachStdout"))
        .add("CanRemove", now instanceof Stage.Ended)
        .add("ContainerID", containerId)
        .add("DetachKeys", detachKeys())
        .add("Pid", pid(now))
        .build();
  }

  private static Optional<Integer> exitCode(Stage stage) {
    return stage instanceof Stage.Ended ended ? Optional.of(ended.exitCode()) : Optional.empty();
  }

  private static int pid(Stage stage) {
    return switch (stage) {
      case Stage.Running(ContainerProcess process) -> process.pid();
      case Stage.Ended ended -> ended.pid();
      case Stage.Created created -> 0;
      case Stage.Starting starting -> 0;
    };
  }
}
