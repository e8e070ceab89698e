package io.sockerless.backend.core.dockerfile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One instruction of a Dockerfile. */
public sealed interface Instruction {

  /** As it is written, its lines joined. */
  String original();

  /** The same with its variables replaced, where the language allows them. */
  default Instruction expanded(Expander expander) {
    return this;
  }

  /** Begins a stage on an image, an earlier stage or {@code scratch}. */
  record From(String original, String image, String name, String platform) implements Instruction {}

  /** Variables that a build may be given. */
  record Argument(String original, List<Variable> variables) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new Argument(
          original,
          variables.stream()
              .map(it -> new Variable(expander.word(it.name()), it.value().map(expander::word)))
              .toList());
    }
  }

  /** A variable of a build. */
  record Variable(String name, Optional<String> value) {}

  /** A name and its value. */
  record Pair(String name, String value) {
    private static List<Pair> expanded(List<Pair> pairs, Expander expander) {
      return pairs.stream()
          .map(pair -> new Pair(expander.word(pair.name()), expander.word(pair.value())))
          .toList();
    }
  }

  /** Sets variables of the environment. */
  record Environment(String original, List<Pair> pairs) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new Environment(original, Pair.expanded(pairs, expander));
    }
  }

  /**
   * Sets labels.
   *
   * @param literal they came with the build's request, and mean what they say
   */
  record Label(String original, List<Pair> pairs, boolean literal) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return literal ? this : new Label(original, Pair.expanded(pairs, expander), false);
    }
  }

  /**
   * {@code COPY} and {@code ADD}.
   *
   * @param adds whether it is {@code ADD}: URLs are fetched and archives unpacked
   * @param from the stage or image that the files are in, empty for the context
   * @param owner {@code user[:group]}, empty for root
   * @param mode of what is copied, octal or symbolic; empty to keep it
   * @param excluded patterns of what is left out of what is copied
   * @param checksum that a fetched file must have, empty for any
   * @param documents the sources that stand in the Dockerfile itself
   */
  record Copy(
      String original,
      boolean adds,
      List<String> sources,
      String destination,
      String from,
      String owner,
      String mode,
      List<String> excluded,
      String checksum,
      List<HereDocument> documents)
      implements Instruction {

    /** The keyword. */
    public String keyword() {
      return adds ? "ADD" : "COPY";
    }

    @Override
    public Instruction expanded(Expander expander) {
      return new Copy(
          original,
          adds,
          sources.stream().map(expander::word).toList(),
          expander.word(destination),
          from,
          expander.word(owner),
          expander.word(mode),
          excluded.stream().map(expander::word).toList(),
          expander.word(checksum),
          documents.stream()
              .map(it -> it.expands() ? it.withContent(expander.text(it.content())) : it)
              .toList());
    }
  }

  /**
   * A command.
   *
   * @param words the program and its arguments, or what the shell is to run as one text
   * @param forShell whether it was written as plain text
   */
  record CommandLine(List<String> words, boolean forShell) {}

  /**
   * Runs a command.
   *
   * @param script what the command is, if it stands in a document of its own
   * @param foreign an option that only BuildKit has, empty if there is none
   */
  record Run(String original, CommandLine command, Optional<HereDocument> script, String foreign)
      implements Instruction {}

  /** What containers run unless they are told otherwise. */
  record Command(String original, CommandLine command) implements Instruction {}

  /** What containers always run. */
  record EntryPoint(String original, CommandLine command) implements Instruction {}

  /** Ports that containers listen on. */
  record Expose(String original, List<String> ports) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new Expose(
          original, ports.stream().flatMap(port -> expander.words(port).stream()).toList());
    }
  }

  /** Who runs commands. */
  record User(String original, String user) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new User(original, expander.word(user));
    }
  }

  /** Where commands run. */
  record WorkingDirectory(String original, String path) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new WorkingDirectory(original, expander.word(path));
    }
  }

  /** Folders that containers keep in volumes. */
  record Volume(String original, List<String> paths) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new Volume(original, paths.stream().map(expander::word).toList());
    }
  }

  /** What stops containers. */
  record StopSignal(String original, String signal) implements Instruction {
    @Override
    public Instruction expanded(Expander expander) {
      return new StopSignal(original, expander.word(signal));
    }
  }

  /**
   * How to find out whether a container is well.
   *
   * @param test as the Docker API's {@code HealthConfig} has it
   * @param interval and the other times: zero for the default
   */
  record HealthCheck(
      String original,
      List<String> test,
      Duration interval,
      Duration timeout,
      Duration startPeriod,
      Duration startInterval,
      int retries)
      implements Instruction {}

  /** An instruction for those who build on the image. */
  record OnBuild(String original, String trigger) implements Instruction {}

  /** What runs commands that are written as plain text. */
  record Shell(String original, List<String> words) implements Instruction {}

  /** Who made the image. */
  record Maintainer(String original, String name) implements Instruction {}
}
