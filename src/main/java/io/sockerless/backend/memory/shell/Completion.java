package io.sockerless.backend.memory.shell;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;

/**
 * How a command's arguments are completed at a terminal, as scripts define it for bash.
 *
 * @param actions what kinds of names there are to choose from
 * @param options what is done with the names
 * @param texts the arguments of the other options, by their letters
 */
public record Completion(
    List<String> actions, SortedSet<String> options, SortedMap<Character, String> texts) {

  /** The actions that a letter stands for, in the order that they are listed in. */
  public static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('a', "alias"),
          Map.entry('b', "builtin"),
          Map.entry('c', "command"),
          Map.entry('d', "directory"),
          Map.entry('e', "export"),
          Map.entry('f', "file"),
          Map.entry('g', "group"),
          Map.entry('j', "job"),
          Map.entry('k', "keyword"),
          Map.entry('s', "service"),
          Map.entry('u', "user"),
          Map.entry('v', "variable"));

  private static final String QUOTED = "GWPSX";

  /** The command that would define it again. */
  public String definition(String command) {
    StringJoiner words = new StringJoiner(" ").add("complete");
    options.forEach(option -> words.add("-o").add(option));
    LETTERS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(entry -> actions.contains(entry.getValue()))
        .forEach(entry -> words.add("-" + entry.getKey()));
    actions.stream()
        .filter(action -> !LETTERS.containsValue(action))
        .sorted()
        .forEach(action -> words.add("-A").add(action));
    for (int i = 0; i < QUOTED.length(); i++) {
      char letter = QUOTED.charAt(i);
      String text = texts.get(letter);
      if (text != null) {
        words.add("-" + letter).add(Quoting.quoteForBash(text));
      }
    }
    String function = texts.get('F');
    if (function != null) {
      words.add("-F").add(Quoting.quoteIfNeeded(function));
    }
    String program = texts.get('C');
    if (program != null) {
      words.add("-C").add(Quoting.quoteForBash(program));
    }
    return words.add(isUsual(command) ? command : Quoting.quoteIfNeeded(command)).toString();
  }

  /** Whether it is not a command's: the one for those without, for an empty line, or for names. */
  private static boolean isUsual(String command) {
    return command.matches("-[DEI]");
  }
}
