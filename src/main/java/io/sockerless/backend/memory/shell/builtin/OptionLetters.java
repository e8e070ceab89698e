package io.sockerless.backend.memory.shell.builtin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The options that a built-in was called with.
 *
 * @param values of each letter the argument, empty for one without
 * @param operands what follows the options
 */
record OptionLetters(Map<Character, String> values, List<String> operands) {

  /**
   * Reads options.
   *
   * @param letters those there are, with a colon after one that takes an argument
   */
  static OptionLetters parse(Invocation call, String letters) {
    Map<Character, String> values = new TreeMap<>();
    List<String> operands = each(call, letters, values::put);
    return new OptionLetters(values, operands);
  }

  /** Takes options in turn, each with its argument as above; answers what follows them. */
  static List<String> each(Invocation call, String letters, BiConsumer<Character, String> taken) {
    List<String> arguments = call.arguments();
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      String argument = arguments.get(i);
      if (argument.equals("-")) {
        break;
      }
      i++;
      if (argument.equals("--")) {
        break;
      }
      for (int at = 1; at < argument.length(); at++) {
        char letter = argument.charAt(at);
        int known = letter == ':' ? -1 : letters.indexOf(letter);
        if (known < 0) {
          boolean bash = call.state().isBash();
          throw call.abort(bash ? "-" + letter + ": invalid option" : "illegal option -" + letter);
        }
        if (!letters.startsWith(":", known + 1)) {
          taken.accept(letter, "");
          continue;
        }
        Optional<String> value = value(arguments, argument, at, i);
        taken.accept(letter, value.orElseThrow(() -> call.abort(withoutArgument(call, letter))));
        i += at + 1 < argument.length() ? 0 : 1;
        break;
      }
    }
    return arguments.subList(i, arguments.size());
  }

  private static String withoutArgument(Invocation call, char letter) {
    return call.state().isBash()
        ? "-" + letter + ": option requires an argument"
        : "no arg for -" + letter + " option";
  }

  private static Optional<String> value(List<String> arguments, String argument, int at, int next) {
    if (at + 1 < argument.length()) {
      return Optional.of(argument.substring(at + 1));
    }
    return next < arguments.size() ? Optional.of(arguments.get(next)) : Optional.empty();
  }

  boolean has(char letter) {
    return values.containsKey(letter);
  }

  Optional<String> value(char letter) {
    return Optional.ofNullable(values.get(letter));
  }
}
