package io.sockerless.backend.core.build;

import static io.sockerless.backend.core.document.DocumentChanges.array;
import static io.sockerless.backend.core.document.DocumentChanges.with;

import io.sockerless.backend.core.dockerfile.ConfigEdit;
import io.sockerless.backend.core.dockerfile.HereDocument;
import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in a container over the image so far. */
final class RunStep {

  private static final JsonObject NO_CHECK =
      JsonBuilders.object().add("Test", array(List.of("NONE"))).build();

  private final ListedContainers containers;
  private final BuildRequest request;
  private final Commits commits;
  private final Cancellation cancellation;

  RunStep(
      ListedContainers containers,
      BuildRequest request,
      Commits commits,
      Cancellation cancellation) {
    this.containers = containers;
    this.request = request;
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
    Optional<HereDocument> script =
        run.script().filter(document -> document.content().startsWith("#!"));
    List<String> executed = script.isPresent() ? List.of(StepContainer.SCRIPT) : command;
    JsonObject config = running(stage.config(), executed, environment);
    try (ListedContainers.Listed container = containers.create(config)) {
      if (script.isPresent()) {
        container.addScript(script.get().content());
      }
      int code = container.run(cancellation);
      if (code != 0) {
        throw new CommandFailure(command, code);
      }
      commits.commit(stage, probe, container.id(), container.layer());
      if (request.removes()) {
        container.remove();
      }
    }
  }

  /**
   * The container's configuration: neither the image's entry point nor its check runs here. Only
   * where there is no command at all, the image's own are run.
   */
  private static JsonObject running(
      JsonObject config, List<String> command, List<String> environment) {
    boolean own = command.isEmpty();
    boolean entered = own && !Documents.strings(config, "Entrypoint").isEmpty();
    JsonObjectBuilder running = JsonBuilders.object(config);
    if (!own || entered) {
      running.add("Cmd", array(command));
    }
    if (!own) {
      running.add("Entrypoint", array(List.of("")));
    }
    return running.add("Healthcheck", NO_CHECK).add("Env", array(environment)).build();
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
}
