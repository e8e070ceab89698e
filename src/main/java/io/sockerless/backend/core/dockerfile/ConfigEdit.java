package io.sockerless.backend.core.dockerfile;

import static io.sockerless.backend.core.document.DocumentChanges.array;
import static io.sockerless.backend.core.document.DocumentChanges.with;

import io.sockerless.backend.core.dockerfile.Instruction.CommandLine;
import io.sockerless.backend.core.dockerfile.Instruction.Pair;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.GoText;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an instruction that touches no files makes of an image's configuration.
 *
 * @param config the Docker API's {@code ContainerConfig}
 * @param comment as the image's history tells it
 */
public record ConfigEdit(JsonObject config, String comment) {

  private static final List<String> SHELL = List.of("/bin/sh", "-c");

  /**
   * Applies an instruction, its variables replaced.
   *
   * @param commandIsNew whether the Dockerfile, and not the base image, told the command: then an
   *     entry point leaves it
   * @throws IllegalArgumentException for an instruction that touches files
   */
  public static ConfigEdit of(Instruction instruction, JsonObject config, boolean commandIsNew) {
    return switch (instruction) {
      case Instruction.Environment it -> environment(it, config);
      case Instruction.Label it -> labels(it, config);
      case Instruction.Command it -> {
        List<String> command = command(it.command(), config);
        yield new ConfigEdit(with(config, "Cmd", array(command)), "CMD " + GoText.quoted(command));
      }
      case Instruction.EntryPoint it -> {
        List<String> command = command(it.command(), config);
        JsonObject changed =
            with(config, "Entrypoint", command.isEmpty() ? JsonValue.NULL : array(command));
        yield new ConfigEdit(
            commandIsNew ? changed : with(changed, "Cmd", JsonValue.NULL),
            "ENTRYPOINT " + GoText.quoted(command));
      }
      case Instruction.Expose it ->
          new ConfigEdit(
              keys(config, "ExposedPorts", Ports.of(it.ports())),
              "EXPOSE " + String.join(" ", it.ports()));
      case Instruction.User it ->
          new ConfigEdit(with(config, "User", it.user()), "USER " + it.user());
      case Instruction.Volume it ->
          new ConfigEdit(keys(config, "Volumes", it.paths()), "VOLUME " + GoText.plain(it.paths()));
      case Instruction.StopSignal it ->
          new ConfigEdit(with(config, "StopSignal", it.signal()), "STOPSIGNAL " + it.signal());
      case Instruction.HealthCheck it ->
          new ConfigEdit(with(config, "Healthcheck", health(it)), "HEALTHCHECK " + comment(it));
      case Instruction.OnBuild it -> {
        List<String> triggers = new ArrayList<>(Documents.strings(config, "OnBuild"));
        triggers.add(it.trigger());
        yield new ConfigEdit(with(config, "OnBuild", array(triggers)), "ONBUILD " + it.trigger());
      }
      case Instruction.Shell it ->
          new ConfigEdit(
              with(config, "Shell", array(it.words())), "SHELL " + GoText.plain(it.words()));
      case Instruction.WorkingDirectory it -> {
        String path = directory(config, it.path());
        yield new ConfigEdit(with(config, "WorkingDir", path), "WORKDIR " + path);
      }
      case Instruction.Argument it -> new ConfigEdit(config, "ARG " + variables(it));
      case Instruction.Maintainer it -> new ConfigEdit(config, "MAINTAINER " + it.name());
      case Instruction.From it -> throw new IllegalArgumentException(it.original());
      case Instruction.Copy it -> throw new IllegalArgumentException(it.original());
      case Instruction.Run it -> throw new IllegalArgumentException(it.original());
    };
  }

  /** A command as it is executed: what was written as plain text is for the shell. */
  public static List<String> command(CommandLine command, JsonObject config) {
    if (!command.forShell()) {
      return command.words();
    }
    List<String> whole = new ArrayList<>(shell(config));
    whole.addAll(command.words());
    return whole;
  }

  /** The shell that a configuration names, or the one that there is always. */
  public static List<String> shell(JsonObject config) {
    List<String> shell = Documents.strings(config, "Shell");
    return shell.isEmpty() ? SHELL : shell;
  }

  /** An absolute path as it was written, or what is relative from the working directory on. */
  static String directory(JsonObject config, String path) {
    return path.startsWith("/")
        ? path
        : PathText.clean("/" + Documents.string(config, "WorkingDir") + "/" + path);
  }

  private static ConfigEdit environment(Instruction.Environment it, JsonObject config) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : Documents.strings(config, "Env")) {
      entries.put(entry.split("=", 2)[0], entry);
    }
    it.pairs().forEach(pair -> entries.put(pair.name(), text(pair)));
    return new ConfigEdit(with(config, "Env", array(entries.values())), "ENV " + text(it.pairs()));
  }

  private static ConfigEdit labels(Instruction.Label it, JsonObject config) {
    Map<String, String> labels = Documents.map(config, "Labels");
    it.pairs().forEach(pair -> labels.put(pair.name(), pair.value()));
    return new ConfigEdit(
        with(config, "Labels", DocumentChanges.object(labels)), "LABEL " + text(it.pairs()));
  }

  private static String text(List<Pair> pairs) {
    return pairs.stream().map(ConfigEdit::text).collect(Collectors.joining(" "));
  }

  private static String text(Pair pair) {
    return pair.name() + "=" + pair.value();
  }

  private static String variables(Instruction.Argument argument) {
    return argument.variables().stream()
        .map(it -> it.name() + it.value().map(value -> "=" + value).orElse(""))
        .collect(Collectors.joining(" "));
  }

  private static JsonObject keys(JsonObject config, String field, Collection<String> names) {
    JsonObjectBuilder keys = JsonBuilders.object(Documents.object(config, field));
    names.forEach(name -> keys.add(name, JsonValue.EMPTY_JSON_OBJECT));
    return with(config, field, keys.build());
  }

  private static JsonObject health(Instruction.HealthCheck it) {
    JsonObjectBuilder health = JsonBuilders.object().add("Test", array(it.test()));
    addTime(health, "Interval", it.interval().toNanos());
    addTime(health, "Timeout", it.timeout().toNanos());
    addTime(health, "StartPeriod", it.startPeriod().toNanos());
    addTime(health, "StartInterval", it.startInterval().toNanos());
    addTime(health, "Retries", it.retries());
    return health.build();
  }

  private static void addTime(JsonObjectBuilder health, String name, long value) {
    if (value != 0) {
      health.add(name, value);
    }
  }

  /** As dockerd prints the structure; the newest of its fields only if it says something. */
  private static String comment(Instruction.HealthCheck it) {
    List<String> times = new ArrayList<>();
    times.add(GoText.text(it.interval()));
    times.add(GoText.text(it.timeout()));
    times.add(GoText.text(it.startPeriod()));
    if (!it.startInterval().isZero()) {
      times.add(GoText.text(it.startInterval()));
    }
    return "&{"
        + GoText.quoted(it.test())
        + " "
        + times.stream().map(GoText::quoted).collect(Collectors.joining(" "))
        + " "
        + GoText.quotedCharacter(it.retries())
        + "}";
  }
}
