package io.sockerless.backend.core.dockerfile;

import io.sockerless.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Dockerfile, read: what a build does step by step.
 *
 * @param escape the character that continues lines and takes the meaning from others
 * @param arguments those before the first stage, for the names of base images
 * @param warnings about what will not be read for ever, a line each
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public record Dockerfile(
    char escape, List<Instruction.Argument> arguments, List<Stage> stages, List<String> warnings) {

  /** Copies the lists. */
  public Dockerfile {
    arguments = List.copyOf(arguments);
    stages = List.copyOf(stages);
    warnings = List.copyOf(warnings);
  }

  /** A base image and what is done with it. */
  public record Stage(Instruction.From from, List<Instruction> instructions) {
    /** Copies the list. */
    public Stage {
      instructions = List.copyOf(instructions);
    }
  }

  /**
   * Reads a Dockerfile.
   *
   * @throws EngineException.InvalidParameter in dockerd's words
   */
  public static Dockerfile parse(String text) {
    try {
      LineReader reader = new LineReader(text);
      List<Statement> statements = reader.statements();
      if (statements.isEmpty()) {
        throw DockerfileException.ofSyntax("file with no instructions");
      }
      Builder builder = new Builder(reader.escape());
      statements.forEach(builder::add);
      return builder.build(reader.warnings());
    } catch (DockerfileException e) {
      throw new EngineException.InvalidParameter(
          e.isSyntax() ? "failed to parse Dockerfile: " + e.text() : e.text());
    }
  }

  /**
   * Reads one instruction, as an image keeps it for those who build on it.
   *
   * @throws EngineException.InvalidParameter if it is none, or several
   */
  public static Instruction instruction(String text) {
    try {
      LineReader reader = new LineReader(text);
      List<Statement> statements = reader.statements();
      if (statements.size() != 1) {
        throw DockerfileException.ofSyntax("onbuild trigger should be a single expression");
      }
      return new InstructionParser(reader.escape()).parse(statements.getFirst());
    } catch (DockerfileException e) {
      throw new EngineException.InvalidParameter(e.text());
    }
  }

  /** The same file with more instructions at its end. */
  public Dockerfile with(List<? extends Instruction> more) {
    List<Stage> changed = new ArrayList<>(stages);
    Stage last = changed.removeLast();
    List<Instruction> all = new ArrayList<>(last.instructions());
    all.addAll(more);
    changed.add(new Stage(last.from(), all));
    return new Dockerfile(escape, arguments, changed, warnings);
  }

  /** The same file up to a stage; empty if there is no stage of that name. */
  public Optional<Dockerfile> upTo(String target) {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).from().name().equalsIgnoreCase(target)) {
        return Optional.of(new Dockerfile(escape, arguments, stages.subList(0, i + 1), warnings));
      }
    }
    return Optional.empty();
  }

  /** How many steps a build of it has. */
  public int steps() {
    return arguments.size()
        + stages.stream().mapToInt(stage -> 1 + stage.instructions().size()).sum();
  }

  /**
   * Puts instructions into stages. What is malformed in itself is told before what only makes no
   * sense, wherever they stand.
   */
  private static final class Builder {
    private final InstructionParser parser;
    private final char escape;
    private final List<Instruction.Argument> arguments = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private Optional<DockerfileException> error = Optional.empty();

    Builder(char escape) {
      this.escape = escape;
      parser = new InstructionParser(escape);
    }

    void add(Statement statement) {
      try {
        add(parser.parse(statement));
      } catch (DockerfileException e) {
        if (e.isSyntax()) {
          throw e;
        }
        if (error.isEmpty()) {
          error = Optional.of(e.at(statement.line()));
        }
      }
    }

    private void add(Instruction instruction) {
      if (instruction instanceof Instruction.From from) {
        stages.add(new Stage(from, List.of()));
      } else if (!stages.isEmpty()) {
        Stage stage = stages.removeLast();
        List<Instruction> all = new ArrayList<>(stage.instructions());
        all.add(instruction);
        stages.add(new Stage(stage.from(), all));
      } else if (instruction instanceof Instruction.Argument argument) {
        arguments.add(argument);
      } else if (error.isEmpty()) {
        error = Optional.of(DockerfileException.ofFile("no build stage in current context"));
      }
    }

    Dockerfile build(List<String> warnings) {
      if (error.isPresent()) {
        throw error.get();
      }
      if (stages.isEmpty()) {
        throw DockerfileException.ofFile("no build stage in current context");
      }
      return new Dockerfile(escape, arguments, stages, warnings);
    }
  }
}
