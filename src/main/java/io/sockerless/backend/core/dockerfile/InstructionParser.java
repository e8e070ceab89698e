package io.sockerless.backend.core.dockerfile;

import io.sockerless.backend.core.dockerfile.Instruction.CommandLine;
import io.sockerless.backend.core.dockerfile.Instruction.Pair;
import io.sockerless.backend.core.dockerfile.Instruction.Variable;
import io.sockerless.backend.core.value.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes instructions of statements, or says in dockerd's words why it cannot. */
final class InstructionParser {

  private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");
  private static final Set<String> NONE = Set.of();
  private static final Set<String> NEEDS_BUILDKIT = Set.of("mount", "network", "security");
  private static final Set<String> COPY_FLAGS = Set.of("from", "chown", "chmod", "exclude");
  private static final Set<String> ADD_FLAGS = Set.of("chown", "chmod", "checksum", "exclude");

  private final char escape;

  InstructionParser(char escape) {
    this.escape = escape;
  }

  Instruction parse(Statement statement) {
    return switch (statement.keyword()) {
      case "FROM" -> from(statement);
      case "ARG" -> argument(statement);
      case "ENV" -> new Instruction.Environment(statement.original(), pairs(plain(statement)));
      case "LABEL" -> new Instruction.Label(statement.original(), pairs(plain(statement)), false);
      case "COPY", "ADD" -> copy(statement);
      case "RUN" -> run(statement);
      case "CMD" -> new Instruction.Command(statement.original(), command(plain(statement)));
      case "ENTRYPOINT" ->
          new Instruction.EntryPoint(statement.original(), command(plain(statement)));
      case "EXPOSE" ->
          new Instruction.Expose(
              statement.original(),
              Words.blankSeparated(some(plain(statement))).stream().sorted().toList());
      case "USER" -> new Instruction.User(statement.original(), one(statement));
      case "WORKDIR" -> new Instruction.WorkingDirectory(statement.original(), one(statement));
      case "VOLUME" -> volume(statement);
      case "STOPSIGNAL" -> new Instruction.StopSignal(statement.original(), one(statement));
      case "HEALTHCHECK" -> HealthCheckParser.parse(statement);
      case "ONBUILD" -> onBuild(plain(statement));
      case "SHELL" -> shell(plain(statement));
      case "MAINTAINER" -> new Instruction.Maintainer(statement.original(), one(statement));
      default ->
          throw DockerfileException.ofInstruction("unknown instruction: " + statement.keyword());
    };
  }

  /** An instruction that has no options. */
  private static Statement plain(Statement statement) {
    Flags.parse(statement.flags(), NONE, NONE, NONE);
    return statement;
  }

  static String some(Statement statement) {
    if (statement.rest().isEmpty()) {
      throw DockerfileException.ofInstruction(
          statement.keyword() + " requires at least one argument");
    }
    return statement.rest();
  }

  private static String one(Statement statement) {
    if (plain(statement).rest().isEmpty()) {
      throw DockerfileException.ofInstruction(
          statement.keyword() + " requires exactly one argument");
    }
    return statement.rest();
  }

  private static Instruction from(Statement statement) {
    Flags flags = Flags.parse(statement.flags(), Set.of("platform"), NONE, NONE);
    List<String> words = Words.blankSeparated(statement.rest());
    boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("as");
    if (words.size() != 1 && !named) {
      throw DockerfileException.ofInstruction("FROM requires either one or three arguments");
    }
    String name = named ? words.get(2).toLowerCase(Locale.ROOT) : "";
    if (named && !STAGE_NAME.matcher(name).matches()) {
      throw DockerfileException.ofInstruction(
          "invalid name for build stage: "
              + GoText.quoted(words.get(2))
              + ", name can't start with a number or contain symbols");
    }
    return new Instruction.From(
        statement.original(), words.getFirst(), name, flags.text("platform"));
  }

  private Instruction argument(Statement statement) {
    List<Variable> variables = new ArrayList<>();
    for (String word : Words.split(some(plain(statement)), escape)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.isEmpty()) {
        throw DockerfileException.ofInstruction("ARG names can not be blank");
      }
      variables.add(
          new Variable(
              name, equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1))));
    }
    return new Instruction.Argument(statement.original(), List.copyOf(variables));
  }

  /** {@code name=value …}, or the old form {@code name value with blanks}. */
  private List<Pair> pairs(Statement statement) {
    List<String> words = Words.split(some(statement), escape);
    List<Pair> pairs = new ArrayList<>();
    if (words.isEmpty() || !words.getFirst().contains("=")) {
      String[] old = statement.rest().split("\\s+", 2);
      if (old.length < 2) {
        throw DockerfileException.ofSyntax(statement.keyword() + " must have two arguments");
      }
      return List.of(new Pair(old[0], old[1]));
    }
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw DockerfileException.ofSyntax(
            "Syntax error - can't find = in "
                + GoText.quoted(word)
                + ". Must be of the form: name=value");
      }
      pairs.add(new Pair(word.substring(0, equals), word.substring(equals + 1)));
    }
    if (pairs.stream().anyMatch(pair -> pair.name().isEmpty())) {
      throw DockerfileException.ofInstruction(statement.keyword() + " names can not be blank");
    }
    return List.copyOf(pairs);
  }

  private static Instruction copy(Statement statement) {
    boolean adds = statement.keyword().equals("ADD");
    Flags flags =
        Flags.parse(statement.flags(), adds ? ADD_FLAGS : COPY_FLAGS, NONE, Set.of("exclude"));
    List<String> words =
        Words.json(statement.rest()).orElseGet(() -> Words.blankSeparated(statement.rest()));
    if (words.size() < 2) {
      throw DockerfileException.ofInstruction(
          statement.keyword()
              + " requires at least two arguments, but only one was provided."
              + " Destination could not be determined");
    }
    List<String> sources =
        words.subList(0, words.size() - 1).stream()
            .filter(word -> statement.documents().isEmpty() || HereDocuments.of(word).isEmpty())
            .toList();
    return new Instruction.Copy(
        statement.original(),
        adds,
        sources,
        words.getLast(),
        flags.text("from"),
        flags.text("chown"),
        flags.text("chmod"),
        flags.all("exclude"),
        flags.text("checksum"),
        statement.documents());
  }

  private static Instruction run(Statement statement) {
    Flags flags = Flags.parse(statement.flags(), NEEDS_BUILDKIT, NONE, NEEDS_BUILDKIT);
    String foreign =
        NEEDS_BUILDKIT.stream().filter(name -> flags.find(name).isPresent()).findFirst().orElse("");
    List<HereDocument> documents = statement.documents();
    boolean script = documents.size() == 1 && HereDocuments.of(statement.rest()).isPresent();
    return new Instruction.Run(
        statement.original(),
        documents.isEmpty() ? command(statement) : script(statement, script),
        script ? Optional.of(documents.getFirst()) : Optional.empty(),
        foreign);
  }

  /** A document goes to the shell alone, or behind the line that announces it. */
  private static CommandLine script(Statement statement, boolean alone) {
    StringBuilder script = new StringBuilder();
    if (alone) {
      script.append(statement.documents().getFirst().content());
    } else {
      script.append(statement.rest()).append('\n');
      for (HereDocument document : statement.documents()) {
        script.append(document.content()).append(document.name()).append('\n');
      }
    }
    return new CommandLine(List.of(script.toString()), true);
  }

  private static CommandLine command(Statement statement) {
    return Words.json(statement.rest())
        .map(words -> new CommandLine(words, false))
        .orElseGet(() ->
            new CommandLine(
                statement.rest().isEmpty() ? List.of() : List.of(statement.rest()), true));
  }

  private static Instruction volume(Statement statement) {
    String rest = some(plain(statement));
    List<String> paths = Words.json(rest).orElseGet(() -> Words.blankSeparated(rest));
    if (paths.stream().anyMatch(String::isBlank)) {
      throw DockerfileException.ofInstruction("VOLUME specified can not be an empty string");
    }
    return new Instruction.Volume(statement.original(), paths.stream().map(String::strip).toList());
  }

  private static Instruction onBuild(Statement statement) {
    String trigger = some(statement);
    String keyword = trigger.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    return switch (keyword) {
      case "ONBUILD" ->
          throw DockerfileException.ofInstruction(
              "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
      case "MAINTAINER", "FROM" ->
          throw DockerfileException.ofInstruction(keyword + " isn't allowed as an ONBUILD trigger");
      default -> {
        StringBuilder whole = new StringBuilder(trigger);
        for (HereDocument document : statement.documents()) {
          whole.append('\n').append(document.content()).append(document.name());
        }
        yield new Instruction.OnBuild(statement.original(), whole.toString());
      }
    };
  }

  private static Instruction shell(Statement statement) {
    List<String> words =
        Words.json(some(statement))
            .orElseThrow(() ->
                DockerfileException.ofInstruction(
                    "SHELL requires the arguments to be in JSON form"));
    if (words.isEmpty()) {
      throw DockerfileException.ofInstruction("SHELL requires at least one argument");
    }
    return new Instruction.Shell(statement.original(), words);
  }
}
