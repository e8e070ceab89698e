package io.sockerless.backend.core.build;

import static io.sockerless.backend.core.DocumentChanges.array;
import static io.sockerless.backend.core.DocumentChanges.with;

import io.sockerless.backend.core.DocumentChanges;
import io.sockerless.backend.core.Documents;
import io.sockerless.backend.core.Ids;
import io.sockerless.backend.core.container.Signals;
import io.sockerless.backend.core.dockerfile.ConfigEdit;
import io.sockerless.backend.core.dockerfile.HereDocument;
import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in a container over the image so far. */
final class RunStep {

  private final BuildContainers containers;
  private final BuildRequest request;
  private final BuildOutput output;
  private final Commits commits;
  private final Cancellation cancellation;

  RunStep(
      BuildServices services,
      BuildRequest request,
      BuildOutput output,
      Commits commits,
      Cancellation cancellation) {
    this.containers = new BuildContainers(services);
    this.request = request;
    this.output = output;
    this.commits = commits;
    this.cancellation = cancellation;
  }

  /**
   * Runs one.
   *
   * @param arguments the variables that the command sees besides the image's environment
   * @param counted those of them whose values tell it from other commands
   */
  void run(Stage stage, Instruction.Run run, Map<String, String> arguments, List<String> counted)
      throws IOException, CommandFailure {
    if (!run.foreign().isEmpty()) {
      throw NeedsBuildKit.option(run.foreign());
    }
    List<String> command = ConfigEdit.command(run.command(), stage.config());
    JsonObject probe =
        with(
            with(stage.config(), "Cmd", array(told(command, arguments, counted))),
            "Entrypoint",
            JsonValue.NULL);
    if (commits.takeCached(stage, probe)) {
      return;
    }
    List<String> environment = new ArrayList<>(Documents.strings(stage.config(), "Env"));
    arguments.forEach((name, value) -> environment.add(name + "=" + value));
    JsonObject config =
        with(
            DocumentChanges.without(
                with(stage.config(), "Cmd", array(command)), "Entrypoint", "Healthcheck"),
            "Env",
            array(environment));
    boolean done = false;
    BuildContainers.Container container =
        containers.running(stage.image(), config, request.hostConfig());
    try (container) {
      output.runningIn(container.id());
      Optional<HereDocument> script =
          run.script().filter(document -> document.content().startsWith("#!"));
      if (script.isPresent()) {
        container.addScript(script.get().content());
      }
      List<String> executed = script.isPresent() ? List.of(BuildContainers.SCRIPT) : command;
      int code = execute(container, process(config, executed, container.id()));
      if (code != 0) {
        throw new CommandFailure(command, code);
      }
      commits.commit(stage, probe, container.id(), container.layer());
      done = true;
    } finally {
      if (done ? request.removes() : request.removesAlways()) {
        output.removed(container.id());
      }
    }
  }

  /** The command as the history tells it: with the variables of the build that it could see. */
  private static List<String> told(
      List<String> command, Map<String, String> arguments, List<String> counted) {
    if (arguments.isEmpty()) {
      return command;
    }
    List<String> told = new ArrayList<>();
    told.add("|" + counted.size());
    told.addAll(
        counted.stream()
            .map(name -> name + "=" + arguments.getOrDefault(name, ""))
            .sorted()
            .toList());
    told.addAll(command);
    return told;
  }

  private static ProcessSpec process(JsonObject config, List<String> command, String id) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "");
    environment.put("HOSTNAME", "HOSTNAME=" + Ids.abbreviate(id));
    for (String entry : Documents.strings(config, "Env")) {
      environment.put(entry.split("=", 2)[0], entry);
    }
    String directory = Documents.string(config, "WorkingDir");
    return new ProcessSpec(
        command,
        List.copyOf(environment.values()),
        directory.isEmpty() ? "/" : directory,
        Documents.string(config, "User"),
        false,
        false,
        false,
        0,
        0);
  }

  private int execute(BuildContainers.Container container, ProcessSpec spec) throws IOException {
    ContainerProcess process;
    try {
      process = container.start(spec);
    } catch (StartFailure e) {
      throw new EngineException.Failure(
          500,
          "failed to create task for container: failed to create shim task: OCI runtime create"
              + " failed: unable to start container process: "
              + e.text()
              + ": unknown");
    }
    cancellation.onCancel(() -> process.signal(Signals.KILL));
    CommandOutput streams = new CommandOutput(process, output);
    int code = process.exit().join().code();
    streams.awaitEnd();
    if (cancellation.isCancelled()) {
      throw new IOException("context canceled");
    }
    return code;
  }
}
