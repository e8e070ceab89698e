package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.expand.Context;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The parameters of a shell, for its expansions. */
record ShellContext(Task task, ShellState state, Launcher launcher) implements Context {

  private static final int RANDOM_BOUND = 32_768;

  @Override
  public Optional<String> parameter(String name) {
    char first = name.charAt(0);
    if (first >= '0' && first <= '9') {
      return positional(name);
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
      case "LINENO" -> Optional.of(Integer.toString(state.line() + state.firstLine() - 1));
      case "RANDOM" ->
          state
              .variables()
              .get(name)
              .or(() ->
                  Optional.of(Integer.toString(ThreadLocalRandom.current().nextInt(RANDOM_BOUND))));
      default -> state.variables().get(name);
    };
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
    return flags.toString();
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
    SimpleCommands.assign(state, name, value);
  }

  @Override
  public String substitute(Command command) throws IOException {
    return launcher.substitute(command);
  }

  @Override
  public boolean isGlobbing() {
    return !state.has(ShellOption.NOGLOB);
  }

  @Override
  public boolean isStrict() {
    return state.has(ShellOption.NOUNSET);
  }
}
