package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.ShellException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Switches options as {@code set} and the shell's own command line do. */
public final class OptionSettings {

  private OptionSettings() {}

  /** There is no such option; the message names it. */
  public static final class UnknownException extends ShellException {
    private static final long serialVersionUID = 1L;

    UnknownException(String message) {
      super(message);
    }
  }

  /**
   * What was left.
   *
   * @param operands the new positional parameters; none if they stay
   * @param listing what {@code -o} without a name shows
   */
  public record Result(Optional<List<String>> operands, String listing) {}

  /** Switches what the arguments say. */
  public static Result apply(ShellState state, List<String> arguments) throws UnknownException {
    StringBuilder listing = new StringBuilder();
    int i = 0;
    while (i < arguments.size()) {
      String argument = arguments.get(i);
      if (argument.length() < 2 || "-+".indexOf(argument.charAt(0)) < 0) {
        if (argument.equals("-")) {
          state.options().remove(ShellOption.XTRACE);
          state.options().remove(ShellOption.VERBOSE);
          i++;
        }
        break;
      }
      i++;
      if (argument.equals("--")) {
        return new Result(Optional.of(arguments.subList(i, arguments.size())), listing.toString());
      }
      boolean on = argument.charAt(0) == '-';
      for (int at = 1; at < argument.length(); at++) {
        char letter = argument.charAt(at);
        if (letter != 'o') {
          letter(state, letter, on);
        } else if (i < arguments.size()) {
          name(state, arguments.get(i++), on);
        } else {
          listing.append(list(state, on));
        }
      }
    }
    Optional<List<String>> operands =
        i < arguments.size()
            ? Optional.of(arguments.subList(i, arguments.size()))
            : Optional.empty();
    return new Result(operands, listing.toString());
  }

  static void letter(ShellState state, char letter, boolean on) throws UnknownException {
    ShellOption option =
        ShellOption.of(letter)
            .filter(it -> it.isOf(state.dialect()))
            .orElseThrow(() -> new UnknownException("illegal option " + (on ? "-" : "+") + letter));
    change(state, option, on);
  }

  static void name(ShellState state, String name, boolean on) throws UnknownException {
    ShellOption option =
        ShellOption.of(name)
            .filter(it -> it.isOf(state.dialect()))
            .orElseThrow(
                () -> new UnknownException("illegal option " + (on ? "-" : "+") + "o " + name));
    change(state, option, on);
  }

  private static void change(ShellState state, ShellOption option, boolean on) {
    if (on) {
      state.options().add(option);
    } else {
      state.options().remove(option);
    }
  }

  private static String list(ShellState state, boolean readable) {
    StringBuilder text = new StringBuilder();
    List<ShellOption> options =
        Stream.of(ShellOption.values()).filter(it -> it.isOf(state.dialect())).toList();
    if (state.isBash() && readable) {
      return options.stream()
          .filter(it -> it != ShellOption.INTERACTIVE && it != ShellOption.STDIN)
          .map(it -> "%-15s\t%s\n".formatted(it.longName(), state.has(it) ? "on" : "off"))
          .sorted()
          .collect(Collectors.joining());
    }
    for (ShellOption option : options) {
      boolean set = state.has(option);
      if (readable) {
        text.append(option.longName())
            .append(" ".repeat(16 - option.longName().length()))
            .append(set ? "on\n" : "off\n");
      } else {
        text.append("set ").append(set ? "-o " : "+o ").append(option.longName()).append('\n');
      }
    }
    return text.toString();
  }
}
