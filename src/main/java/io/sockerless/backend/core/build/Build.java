package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.dockerfile.ConfigEdit;
import io.sockerless.backend.core.dockerfile.Dockerfile;
import io.sockerless.backend.core.dockerfile.Expander;
import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.GoText;
import io.sockerless.backend.core.value.Signals;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One build: a Dockerfile's steps in order, each making an image of the one before. */
final class Build {

  private final BuildServices services;
  private final BuildRequest request;
  private final Dockerfile dockerfile;
  private final BuildOutput output;
  private final Cancellation cancellation;
  private final BuildArguments arguments;
  private final Commits commits;
  private final ListedContainers containers;
  private final RunStep runs;
  private final CopySteps copies;
  private final Bases bases;
  private final int total;
  private int number;

  Build(
      BuildServices services,
      BuildRequest request,
      Dockerfile dockerfile,
      FileTree context,
      BuildOutput output,
      Cancellation cancellation) {
    this.services = services;
    this.request = request;
    this.dockerfile = dockerfile;
    this.output = output;
    this.cancellation = cancellation;
    arguments = new BuildArguments(request.arguments());
    commits = new Commits(services, output, request);
    containers = new ListedContainers(services, request, output);
    bases = new Bases(services.images(), request, output);
    runs = new RunStep(containers, request, commits, cancellation);
    copies =
        new CopySteps(
            services,
            new HiddenContainers(services),
            bases,
            context,
            commits,
            cancellation,
            output);
    total = dockerfile.steps();
  }

  /**
   * Does all steps.
   *
   * @return the last stage's image
   * @throws CommandFailure if a command fails
   */
  Image run() throws IOException, CommandFailure {
    if (!dockerfile.warnings().isEmpty()) {
      output.error(String.join("\n", dockerfile.warnings()) + "\n");
    }
    for (Instruction.Argument argument : dockerfile.arguments()) {
      output.step(++number, total, argument.original());
      Instruction expanded = argument.expanded(expander(arguments.globals()));
      if (expanded instanceof Instruction.Argument it) {
        it.variables().forEach(arguments::declareGlobal);
      }
    }
    Optional<Image> last = stages();
    Optional<String> warning = arguments.warning();
    if (warning.isPresent()) {
      output.text(warning.get());
    }
    return last.orElseThrow(() ->
        new EngineException.Failure(500, "No image was generated. Is your Dockerfile empty?"));
  }

  private Optional<Image> stages() throws IOException, CommandFailure {
    try {
      Optional<Image> last = Optional.empty();
      for (Dockerfile.Stage stage : dockerfile.stages()) {
        last = run(stage);
      }
      return last;
    } finally {
      containers.end();
      commits.end();
    }
  }

  private Optional<Image> run(Dockerfile.Stage stage) throws IOException, CommandFailure {
    Instruction.From from = stage.from();
    bases.checkName(from.name());
    output.step(++number, total, from.original());
    Stage state = new Stage(from.name(), base(from), request.cached());
    arguments.beginStage();
    triggers(state);
    output.image(state.imageId());
    for (Instruction instruction : stage.instructions()) {
      if (cancellation.isCancelled()) {
        output.text("Build cancelled\n");
        throw new IOException("context canceled");
      }
      output.step(++number, total, instruction.original());
      apply(state, instruction);
      output.image(state.imageId());
    }
    if (state.image().isPresent()) {
      output.stage(state.imageId());
    }
    bases.finished(state);
    return state.image();
  }

  private Optional<Image> base(Instruction.From from) {
    Expander expander = expander(arguments.globals());
    String name = expander.word(from.image());
    if (name.isEmpty()) {
      throw new EngineException.Failure(
          500, "base name (" + from.image() + ") should not be blank");
    }
    return bases.find(name, expander.word(from.platform()));
  }

  /** What the base image wants done in the images that are built on it. */
  private void triggers(Stage stage) throws IOException, CommandFailure {
    List<String> triggers = Documents.strings(stage.config(), "OnBuild");
    if (triggers.isEmpty()) {
      return;
    }
    stage.configure(DocumentChanges.with(stage.config(), "OnBuild", JsonValue.NULL));
    output.text(
        "# Executing "
            + triggers.size()
            + " build trigger"
            + (triggers.size() > 1 ? "s" : "")
            + "\n");
    for (String trigger : triggers) {
      apply(stage, Dockerfile.instruction(trigger));
    }
  }

  private void apply(Stage stage, Instruction written) throws IOException, CommandFailure {
    Map<String, String> environment = stage.environment();
    Map<String, String> visible = arguments.visible(environment);
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(visible);
    Instruction instruction = written.expanded(expander(variables));
    switch (instruction) {
      case Instruction.Run run ->
          runs.run(
              stage, run, visible, visible.keySet().stream().filter(arguments::counts).toList());
      case Instruction.Copy copy -> copies.copy(stage, copy);
      case Instruction.WorkingDirectory directory -> workingDirectory(stage, directory);
      case Instruction.Argument argument -> {
        argument.variables().forEach(arguments::declare);
        edit(stage, argument);
      }
      case Instruction.Maintainer maintainer -> {
        stage.setAuthor(maintainer.name());
        edit(stage, maintainer);
      }
      case Instruction.HealthCheck check -> {
        tellOverridden(Documents.strings(Documents.object(stage.config(), "Healthcheck"), "Test"));
        edit(stage, check);
      }
      case Instruction.StopSignal signal -> {
        check(signal.signal());
        edit(stage, signal);
      }
      case Instruction.Command command -> {
        edit(stage, command);
        if (!command.command().words().isEmpty()) {
          stage.setCommandIsNew();
        }
      }
      default -> edit(stage, instruction);
    }
  }

  private void tellOverridden(List<String> test) throws IOException {
    if (!test.isEmpty() && !test.getFirst().equals("NONE")) {
      output.text("Note: overriding previous HEALTHCHECK: " + GoText.plain(test) + "\n");
    }
  }

  private static void check(String signal) {
    try {
      Signals.parse(signal);
    } catch (EngineException e) {
      throw new EngineException.InvalidParameter("Invalid signal: " + signal);
    }
  }

  /** A step that changes nothing but the configuration. */
  private void edit(Stage stage, Instruction instruction) throws IOException {
    JsonObject probe = Commits.configured(stage, configure(stage, instruction).comment());
    if (!commits.takeCached(stage, probe)) {
      try (ListedContainers.Listed container = containers.create(probe)) {
        commits.commit(stage, probe, container.id(), Optional.empty());
        done(container);
      }
    }
  }

  private static ConfigEdit configure(Stage stage, Instruction instruction) {
    ConfigEdit edit = ConfigEdit.of(instruction, stage.config(), stage.commandIsNew());
    stage.configure(edit.config());
    return edit;
  }

  /** The working directory is made where it is not there. */
  private void workingDirectory(Stage stage, Instruction.WorkingDirectory directory)
      throws IOException {
    JsonObject probe = Commits.changed(stage, configure(stage, directory).comment());
    if (commits.takeCached(stage, probe)) {
      return;
    }
    try (ListedContainers.Listed container = containers.create(probe)) {
      new CopyStep(container, services.clock(), Optional.of(Owner.ROOT), new ModeChange(""))
          .makeFolder(Documents.string(stage.config(), "WorkingDir"));
      commits.commit(stage, probe, container.id(), container.layer());
      done(container);
    }
  }

  private void done(ListedContainers.Listed container) throws IOException {
    if (request.removes()) {
      container.remove();
    }
  }

  private Expander expander(Map<String, String> variables) {
    return new Expander(dockerfile.escape(), variables);
  }
}
