package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.kernel.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A utility's options and operands, read as {@code getopt_long(3)} reads them and with its words
 * for what it does not know.
 *
 * <p>Letters are declared as for {@code getopt}: a colon after a letter that takes a value, two
 * after one whose value is optional and then attached; a leading {@code +} if the first operand
 * ends the options. A long name is declared {@code lines=n} as another name of a letter, or alone,
 * with the same colons: {@code include:}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/getopt.3.html">getopt(3)</a>
 */
public final class Options {

  /**
   * One option as it was given.
   *
   * @param name the letter, or the long name that stands for none
   * @param value empty if there is none
   */
  public record Given(String name, Optional<String> value) {}

  private enum Takes {
    NOTHING(0),
    VALUE(1),
    PERHAPS(2);

    private final int colons;

    Takes(int colons) {
      this.colons = colons;
    }
  }

  private record LongName(String option, Takes takes) {}

  private final int errorCode;
  private final boolean operandEnds;
  private final Map<String, Takes> letters = new HashMap<>();
  private final Map<String, LongName> longNames = new HashMap<>();
  private final List<Given> given = new ArrayList<>();
  private final List<String> operands = new ArrayList<>();

  private Options(int errorCode, String letters, String... longNames) {
    this.errorCode = errorCode;
    this.operandEnds = letters.startsWith("+");
    declareLetters(operandEnds ? letters.substring(1) : letters);
    for (String longName : longNames) {
      declareLongName(longName);
    }
  }

  /**
   * Reads a task's arguments; what is wrong with them is a {@link Failure} with exit code 1.
   *
   * @param letters all letters, as the class tells
   * @param longNames all long names
   */
  public static Options parse(Task task, String letters, String... longNames) throws Failure {
    return parse(task, 1, letters, longNames);
  }

  /** The same with another exit code for what is wrong. */
  public static Options parse(Task task, int errorCode, String letters, String... longNames)
      throws Failure {
    List<String> arguments = task.arguments();
    return parse(arguments.subList(1, arguments.size()), errorCode, letters, longNames);
  }

  /** The same for arguments without a name in front. */
  public static Options parse(
      List<String> arguments, int errorCode, String letters, String... longNames) throws Failure {
    Options options = new Options(errorCode, letters, longNames);
    options.read(arguments);
    return options;
  }

  private void declareLetters(String declared) {
    for (int i = 0; i < declared.length(); i++) {
      String rest = declared.substring(i + 1);
      Takes takes =
          rest.startsWith("::")
              ? Takes.PERHAPS
              : rest.startsWith(":") ? Takes.VALUE : Takes.NOTHING;
      letters.put(declared.substring(i, i + 1), takes);
      i += takes.colons;
    }
  }

  private void declareLongName(String declared) {
    int equals = declared.indexOf('=');
    if (equals >= 0) {
      String letter = declared.substring(equals + 1);
      Takes takes = letters.getOrDefault(letter, Takes.NOTHING);
      longNames.put(declared.substring(0, equals), new LongName(letter, takes));
      return;
    }
    String name = declared.replace(":", "");
    Takes takes = Takes.NOTHING;
    if (declared.endsWith("::")) {
      takes = Takes.PERHAPS;
    } else if (declared.endsWith(":")) {
      takes = Takes.VALUE;
    }
    longNames.put(name, new LongName(name, takes));
  }

  private void read(List<String> arguments) throws Failure {
    int next = 0;
    while (next < arguments.size()) {
      String argument = arguments.get(next++);
      if (argument.equals("--")) {
        break;
      }
      if (argument.startsWith("--") && !longNames.isEmpty()) {
        next = readLong(argument.substring(2), arguments, next);
      } else if (argument.length() > 1 && argument.startsWith("-")) {
        next = readCluster(argument, arguments, next);
      } else if (operandEnds) {
        next--;
        break;
      } else {
        operands.add(argument);
      }
    }
    operands.addAll(arguments.subList(next, arguments.size()));
  }

  private int readLong(String text, List<String> arguments, int next) throws Failure {
    int equals = text.indexOf('=');
    String written = equals < 0 ? text : text.substring(0, equals);
    String name = complete(written);
    LongName longName = longNames.get(name);
    if (longName == null) {
      throw failure("unrecognized option '--" + written + "'");
    }
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    int after = next;
    switch (longName.takes()) {
      case NOTHING -> {
        if (value.isPresent()) {
          throw failure("option '--" + name + "' doesn't allow an argument");
        }
      }
      case VALUE -> {
        if (value.isEmpty()) {
          if (next >= arguments.size()) {
            throw failure("option '--" + name + "' requires an argument");
          }
          value = Optional.of(arguments.get(after++));
        }
      }
      case PERHAPS -> {}
    }
    given.add(new Given(longName.option(), value));
    return after;
  }

  /** The only long name that begins so; what was written if there is none or more. */
  private String complete(String written) {
    if (longNames.containsKey(written)) {
      return written;
    }
    List<String> candidates =
        longNames.keySet().stream().filter(name -> name.startsWith(written)).toList();
    return candidates.size() == 1 ? candidates.getFirst() : written;
  }

  private int readCluster(String cluster, List<String> arguments, int next) throws Failure {
    for (int i = 1; i < cluster.length(); i++) {
      String letter = cluster.substring(i, i + 1);
      Takes takes = letters.get(letter);
      if (takes == null || letter.equals(":")) {
        throw failure("invalid option -- '" + letter + "'");
      }
      if (takes == Takes.NOTHING) {
        given.add(new Given(letter, Optional.empty()));
        continue;
      }
      String attached = cluster.substring(i + 1);
      if (!attached.isEmpty() || takes == Takes.PERHAPS) {
        given.add(new Given(letter, Optional.of(attached).filter(it -> !it.isEmpty())));
        return next;
      }
      if (next >= arguments.size()) {
        throw failure("option requires an argument -- '" + letter + "'");
      }
      given.add(new Given(letter, Optional.of(arguments.get(next))));
      return next + 1;
    }
    return next;
  }

  private Failure failure(String message) {
    return new Failure(errorCode, message);
  }

  /** Whether a letter was given. */
  public boolean has(char letter) {
    return has(String.valueOf(letter));
  }

  /** Whether a letter or a long name was given. */
  public boolean has(String name) {
    return given.stream().anyMatch(it -> it.name().equals(name));
  }

  /** A letter's value, the last one if it was given more than once. */
  public Optional<String> value(char letter) {
    return value(String.valueOf(letter));
  }

  /** The same of a letter or a long name. */
  public Optional<String> value(String name) {
    return given.reversed().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .flatMap(Given::value);
  }

  /** All values of a letter or a long name, in their order. */
  public List<String> values(String name) {
    return given.stream()
        .filter(it -> it.name().equals(name))
        .flatMap(it -> it.value().stream())
        .toList();
  }

  /** The last given one of some letters, where each undoes the others. */
  public Optional<Character> lastOf(String someLetters) {
    return given.reversed().stream()
        .filter(it -> it.name().length() == 1 && someLetters.contains(it.name()))
        .findFirst()
        .map(it -> it.name().charAt(0));
  }

  /**
   * A letter's value as a number.
   *
   * @throws Failure with the exit code of wrong options if it is none
   */
  public long number(char letter, long otherwise) throws Failure {
    Optional<String> value = value(letter);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(value.get());
    } catch (NumberFormatException e) {
      throw failure("invalid number '" + value.get() + "'");
    }
  }

  /** All options in the order in which they were given. */
  public List<Given> given() {
    return List.copyOf(given);
  }

  /** What is no option, in its order. */
  public List<String> operands() {
    return List.copyOf(operands);
  }

  /**
   * Checks how many operands there are.
   *
   * @throws Failure if there are fewer than the least or more than the most
   */
  public List<String> operands(int least, int most) throws Failure {
    if (operands.size() < least) {
      throw failure("missing operand");
    }
    if (operands.size() > most) {
      throw failure("extra operand '" + operands.get(most) + "'");
    }
    return operands();
  }

  /** The operands, or {@code -} for standard input if there are none. */
  public List<String> files() {
    return operands.isEmpty() ? List.of("-") : operands();
  }
}
