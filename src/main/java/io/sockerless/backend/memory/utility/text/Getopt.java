package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code getopt}: a script's options in an order that a loop can read, as util-linux has it. */
public final class Getopt extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = task.arguments().subList(1, task.arguments().size());
    if (arguments.isEmpty()) {
      throw new Failure("missing optstring argument");
    }
    boolean compatible = !arguments.getFirst().startsWith("-");
    Options options =
        Options.parse(
            task,
            "+o:l:n:qQs:Tua",
            "options=o",
            "longoptions=l",
            "name=n",
            "quiet=q",
            "quiet-output=Q",
            "shell=s",
            "test=T",
            "unquoted=u",
            "alternative=a");
    if (options.has('T')) {
      return 4;
    }
    List<String> rest = new ArrayList<>(options.operands());
    String letters = options.value('o').orElse("");
    if (options.value('o').isEmpty()) {
      if (rest.isEmpty()) {
        throw new Failure("missing optstring argument");
      }
      letters = rest.removeFirst();
    }
    boolean quoted = !compatible && !options.has('u');
    return print(task, output, options, letters, rest, quoted);
  }

  private static int print(
      Task task, Output output, Options options, String letters, List<String> words, boolean quoted)
      throws IOException {
    List<String> names = new ArrayList<>();
    for (String list : options.values("l")) {
      names.addAll(List.of(list.split("[, \t\n]+")));
    }
    boolean ordered = letters.startsWith("+") || task.environment().containsKey("POSIXLY_CORRECT");
    String declared = (ordered ? "+" : "") + letters.replaceFirst("^[+:-]+", "");
    int code = 0;
    Options parsed = Options.parse(List.of(), 1, declared, names.toArray(String[]::new));
    try {
      parsed = Options.parse(words, 1, declared, names.toArray(String[]::new));
    } catch (Failure e) {
      code = 1;
      if (!options.has('q')) {
        complain(task, options, e);
      }
    }
    if (!options.has('Q')) {
      output.printLine(line(parsed, optional(declared, names), quoted));
    }
    return code;
  }

  private static void complain(Task task, Options options, Failure failure) throws IOException {
    if (options.value('n').isEmpty()) {
      task.complain(failure.getMessage());
    } else {
      String line = options.value('n').get() + ": " + failure.getMessage() + "\n";
      task.error().write(Text.encode(line));
    }
  }

  /** The options whose value may be missing, and is then written as an empty one. */
  private static Set<String> optional(String letters, List<String> names) {
    Set<String> optional = new HashSet<>();
    for (int i = letters.indexOf("::"); i > 0; i = letters.indexOf("::", i + 2)) {
      optional.add(letters.substring(i - 1, i));
    }
    for (String name : names) {
      if (name.endsWith("::")) {
        optional.add(name.substring(0, name.length() - 2));
      }
    }
    return optional;
  }

  private static String line(Options parsed, Set<String> optional, boolean quoted) {
    StringBuilder line = new StringBuilder();
    for (Options.Given given : parsed.given()) {
      line.append(given.name().length() == 1 ? " -" : " --").append(given.name());
      if (given.value().isPresent() || optional.contains(given.name())) {
        line.append(' ').append(quote(given.value().orElse(""), quoted));
      }
    }
    line.append(" --");
    parsed.operands().forEach(operand -> line.append(' ').append(quote(operand, quoted)));
    return line.toString();
  }

  private static String quote(String word, boolean quoted) {
    return quoted ? "'" + word.replace("'", "'\\''") + "'" : word;
  }
}
