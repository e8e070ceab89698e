package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code complete} and {@code compgen} were called with, options of which may come more than
 * once.
 *
 * @param completion what the options say
 * @param flags the letters that say what to do with it
 * @param operands what follows the options
 */
record CompletionArguments(Completion completion, String flags, List<String> operands) {

  private static final Set<String> OPTIONS =
      Set.of(
          "bashdefault",
          "default",
          "dirnames",
          "filenames",
          "noquote",
          "nosort",
          "nospace",
          "plusdirs");

  private static final Set<String> ACTIONS =
      Set.of(
          "arrayvar",
          "binding",
          "disabled",
          "enabled",
          "function",
          "helptopic",
          "hostname",
          "running",
          "setopt",
          "shopt",
          "signal",
          "stopped");

  private static final String ACTION_LETTERS =
      Completion.LETTERS.keySet().stream().map(String::valueOf).collect(Collectors.joining());
  private static final String WITH_TEXT = "G:W:F:C:X:P:S:A:o:";

  /**
   * Reads them.
   *
   * @param flags the letters that this command has besides
   */
  static CompletionArguments parse(Invocation call, String flags) {
    List<String> actions = new ArrayList<>();
    SortedSet<String> options = new TreeSet<>();
    SortedMap<Character, String> texts = new TreeMap<>();
    StringBuilder given = new StringBuilder();
    List<String> operands =
        OptionLetters.each(
            call,
            ACTION_LETTERS + flags + WITH_TEXT,
            (letter, text) -> {
              switch (letter) {
                case 'A' -> actions.add(action(call, text));
                case 'o' -> options.add(option(call, text));
                default -> {
                  String action = Completion.LETTERS.get(letter);
                  if (action != null) {
                    actions.add(action);
                  } else if (flags.indexOf(letter) >= 0) {
                    given.append(letter);
                  } else {
                    texts.put(letter, text);
                  }
                }
              }
            });
    return new CompletionArguments(
        new Completion(List.copyOf(actions), options, texts), given.toString(), operands);
  }

  private static String action(Invocation call, String name) {
    if (!ACTIONS.contains(name) && !Completion.LETTERS.containsValue(name)) {
      throw call.abort(name + ": invalid action name");
    }
    return name;
  }

  /** An option for what is done with names. */
  static String option(Invocation call, String name) {
    if (!OPTIONS.contains(name)) {
      throw call.abort(name + ": invalid option name");
    }
    return name;
  }

  boolean has(char flag) {
    return flags.indexOf(flag) >= 0;
  }
}
