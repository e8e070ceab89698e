package io.sockerless.backend.memory.shell;

import java.util.List;
import java.util.Optional;

/**
 * How a shell was called.
 *
 * @param withoutFile whether a terminal's shell reads no file first
 * @param command what {@code -c} gives
 * @param operands the script and its arguments, or with a command {@code $0} and its arguments
 */
record CommandLine(
    boolean login,
    boolean withoutFile,
    boolean asksVersion,
    Optional<String> command,
    List<String> operands) {

  /** Reads the arguments, the name first, and sets the options that are among them. */
  static CommandLine parse(ShellState state, List<String> arguments)
      throws OptionSettings.UnknownException {
    boolean login = arguments.getFirst().startsWith("-");
    boolean command = false;
    boolean withoutFile = false;
    int i = 1;
    while (i < arguments.size() && isOption(arguments.get(i))) {
      String argument = arguments.get(i++);
      if (argument.equals("-") || argument.equals("--")) {
        break;
      }
      if (argument.equals("--login")) {
        login = true;
        continue;
      }
      if (state.isBash() && argument.startsWith("--")) {
        switch (argument) {
          case "--norc" -> withoutFile = true;
          case "--version" -> {
            return new CommandLine(false, true, true, Optional.empty(), List.of());
          }
          case "--noprofile", "--posix", "--noediting" -> {}
          default -> throw new OptionSettings.UnknownException(argument + ": invalid option");
        }
        continue;
      }
      boolean on = argument.charAt(0) == '-';
      for (char letter : argument.substring(1).toCharArray()) {
        if (letter == 'c') {
          command = true;
        } else if (letter == 'l') {
          login = true;
        } else if (letter == 'O' && state.isBash() && i < arguments.size()) {
          String name = arguments.get(i++);
          BashOption option =
              BashOption.of(name)
                  .orElseThrow(() ->
                      new OptionSettings.UnknownException(name + ": invalid shell option name"));
          state.bash().options().add(option);
        } else if (letter == 'o' && i < arguments.size()) {
          OptionSettings.name(state, arguments.get(i++), on);
        } else {
          OptionSettings.letter(state, letter, on);
        }
      }
    }
    List<String> operands = arguments.subList(i, arguments.size());
    if (!command) {
      return new CommandLine(login, withoutFile, false, Optional.empty(), operands);
    }
    if (operands.isEmpty()) {
      throw new OptionSettings.UnknownException("-c requires an argument");
    }
    return new CommandLine(
        login,
        withoutFile,
        false,
        Optional.of(operands.getFirst()),
        operands.subList(1, operands.size()));
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("-") || (argument.startsWith("+") && argument.length() > 1);
  }
}
