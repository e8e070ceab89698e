package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.expand.Context;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The parameters of a shell, for its expansions. */
record ShellContext(Task task, ShellState state, Substitution substitution, ProcessFiles processes)
    implements Context {

  private static final int RANDOM_BOUND = 32_768;
  private static final String FLAGS = "abefhikmnptuvxBCEHPTcs";

  @Override
  public Optional<String> parameter(String name) {
    char first = name.charAt(0);
    if (first >= '0' && first <= '9') {
      return positional(name);
    }
    if (name.endsWith("]")) {
      int bracket = name.indexOf('[');
      String key = name.substring(bracket + 1, name.length() - 1);
      return element(name.substring(0, bracket), key);
    }
    return switch (name) {
      case "#" -> Optional.of(Integer.toString(state.parameters().size()));
      case "?" -> Optional.of(Integer.toString(state.status()));
      case "$" -> Optional.of(Integer.toString(state.pid()));
      case "!" ->
          state.lastBackground().isPresent()
              ? Optional.of(Integer.toString(state.lastBackground().getAsInt()))
              : Optional.empty();
      case "-" -> Optional.of(flags());
      case "LINENO" -> Optional.of(Integer.toString(lineNumber()));
      case "RANDOM" ->
          state
              .variables()
              .get(name)
              .or(() ->
                  Optional.of(Integer.toString(ThreadLocalRandom.current().nextInt(RANDOM_BOUND))));
      default -> variable(name);
    };
  }

  private Optional<String> variable(String name) {
    Optional<String> value = state.variables().get(name);
    return value.isEmpty() && state.isBash() ? madeUp().value(name) : value;
  }

  private BashParameters madeUp() {
    return new BashParameters(task, state);
  }

  private Optional<String> element(String name, String key) {
    Optional<List<String>> array = madeUp().array(name);
    if (array.isPresent() && !isAssociative(name)) {
      int index = key.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(key);
      return array.get().stream().skip(index).findFirst();
    }
    return state.variables().variable(name).element(key);
  }

  @Override
  public List<String> keys(String name) {
    Optional<List<String>> array = madeUp().array(name);
    return array.isPresent()
        ? IntStream.range(0, array.get().size()).mapToObj(String::valueOf).toList()
        : state.variables().variable(name).keys();
  }

  @Override
  public List<String> values(String name) {
    return madeUp().array(name).orElseGet(() -> state.variables().variable(name).values());
  }

  @Override
  public boolean isAssociative(String name) {
    return state.variables().variable(name).isAssociative();
  }

  @Override
  public Optional<String> referred(String name) {
    String target = state.variables().target(name);
    return target.equals(name) ? Optional.empty() : Optional.of(target);
  }

  @Override
  public String attributes(String name) {
    return VariableText.letters(state.variables().variable(name));
  }

  @Override
  public String declaration(String name) {
    Variable variable = state.variables().variable(name);
    return variable.array().isEmpty() && variable.text().isEmpty()
        ? ""
        : VariableText.declaration(state.variables().target(name), variable);
  }

  @Override
  public String pairs(String name) {
    return VariableText.pairs(state.variables().variable(name));
  }

  @Override
  public String promptEscapes(String text) {
    return new Prompt(task, state).escapes(text);
  }

  @Override
  public List<String> names(String prefix) {
    return state.variables().all().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .filter(entry -> !entry.getValue().values().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String shellName() {
    return state.name();
  }

  @Override
  public Dialect dialect() {
    return state.dialect();
  }

  @Override
  public String process(Command command, boolean read) throws IOException {
    return processes.start(command, read);
  }

  @Override
  public boolean isNullGlobbing() {
    return state.bash().options().contains(BashOption.NULLGLOB);
  }

  @Override
  public boolean isReplacingWithMatch() {
    return state.isBash() && state.bash().options().contains(BashOption.PATSUB_REPLACEMENT);
  }

  @Override
  public boolean isDotGlobbing() {
    return state.bash().options().contains(BashOption.DOTGLOB);
  }

  @Override
  public boolean isGlobbingDeep() {
    return state.bash().options().contains(BashOption.GLOBSTAR);
  }

  @Override
  public Pattern pattern(String text) {
    boolean extended = state.bash().options().contains(BashOption.EXTGLOB);
    return extended ? Pattern.extended(text) : Pattern.of(text);
  }

  private Optional<String> positional(String number) {
    if (number.chars().allMatch(c -> c == '0')) {
      return Optional.of(state.name());
    }
    int index = number.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(number);
    return index <= state.parameters().size()
        ? Optional.of(state.parameters().get(index - 1))
        : Optional.empty();
  }

  private String flags() {
    StringBuilder flags = new StringBuilder();
    for (ShellOption option : ShellOption.values()) {
      if (state.has(option) && option.letter() != ' ') {
        flags.append(option.letter());
      }
    }
    return state.isBash() ? bashFlags(flags.toString()) : flags.toString();
  }

  /** In bash's order, with where its commands come from. */
  private String bashFlags(String set) {
    String all = set + (state.bash().isFromArgument() ? "c" : "");
    return FLAGS
        .chars()
        .filter(c -> all.indexOf(c) >= 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @Override
  public List<String> positional() {
    return state.parameters();
  }

  @Override
  public void assign(String name, String value) throws IOException {
    if (!Character.isLetter(name.charAt(0)) && name.charAt(0) != '_') {
      throw new ExpansionException(name + ": bad variable name");
    }
    int bracket = name.indexOf('[');
    if (bracket > 0) {
      String key = name.substring(bracket + 1, name.length() - 1);
      state.variables().setElement(name.substring(0, bracket), key, value);
    } else {
      SimpleCommands.assign(state, name, value);
    }
  }

  @Override
  public String substitute(Command command) throws IOException {
    return substitution.of(command);
  }

  @Override
  public boolean isGlobbing() {
    return !state.has(ShellOption.NOGLOB);
  }

  @Override
  public boolean isStrict() {
    return state.has(ShellOption.NOUNSET);
  }

  /** Bash counts from one even where it tells no lines. */
  private int lineNumber() {
    int first = state.isBash() ? Math.max(1, state.firstLine()) : state.firstLine();
    return state.line() + first - 1;
  }
}
