package io.sockerless.backend.memory.utility.grep;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code grep}, {@code egrep} and {@code fgrep}: the lines that match a pattern.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/grep.html">grep</a>
 */
public final class Grep extends Utility {

  private static final int ERROR = 2;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = options(task);
    if (options.has('P')) {
      throw new Failure(ERROR, "support for the -P option is not compiled in");
    }
    List<String> operands = new ArrayList<>(options.operands());
    LineMatcher matcher = matcher(task, options, operands);
    return new Search(task, output, options, matcher).run(operands);
  }

  private static Options options(Task task) throws Failure {
    return Options.parse(
        contextRewritten(task),
        ERROR,
        "lnqvscFiHhe:f:LorRm:wxA:B:C:EzaGIyP",
        "regexp=e",
        "file=f",
        "count=c",
        "line-number=n",
        "quiet=q",
        "silent=q",
        "invert-match=v",
        "no-messages=s",
        "fixed-strings=F",
        "extended-regexp=E",
        "basic-regexp=G",
        "perl-regexp=P",
        "ignore-case=i",
        "with-filename=H",
        "no-filename=h",
        "files-with-matches=l",
        "files-without-match=L",
        "only-matching=o",
        "recursive=r",
        "dereference-recursive=R",
        "max-count=m",
        "word-regexp=w",
        "line-regexp=x",
        "after-context=A",
        "before-context=B",
        "context=C",
        "null-data=z",
        "text=a",
        "include:",
        "exclude:",
        "exclude-dir:",
        "color::",
        "colour::",
        "line-buffered");
  }

  /** {@code -5} is short for {@code -C 5}, where it is no option's value. */
  private static List<String> contextRewritten(Task task) {
    List<String> arguments = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    String before = "";
    for (int i = 0; i < arguments.size() && !before.equals("--"); i++) {
      String argument = arguments.get(i);
      if (argument.matches("-[0-9]+") && !before.matches("-[a-zA-Z]*[efmABC]")) {
        arguments.set(i, "-C" + argument.substring(1));
      }
      before = argument;
    }
    return arguments;
  }

  private static LineMatcher matcher(Task task, Options options, List<String> operands)
      throws IOException {
    List<String> patterns = new ArrayList<>(options.values("e"));
    for (String file : options.values("f")) {
      patterns.addAll(patternsOf(task, file));
    }
    if (!options.has('e') && !options.has('f')) {
      if (operands.isEmpty()) {
        throw new Failure(ERROR, "no pattern given");
      }
      patterns.add(operands.removeFirst());
    }
    return LineMatcher.of(
        lines(patterns), flags(task, options), options.has('w'), options.has('x'));
  }

  private static List<String> lines(List<String> patterns) {
    return patterns.stream().flatMap(pattern -> List.of(pattern.split("\n", -1)).stream()).toList();
  }

  private static List<String> patternsOf(Task task, String file) throws IOException {
    List<String> patterns = new ArrayList<>();
    try (LineReader lines = new LineReader(task, Input.open(task, file))) {
      while (lines.next()) {
        patterns.add(lines.text());
      }
    } catch (PosixException e) {
      throw Failure.of(ERROR, "can't open '" + file + "'", e);
    }
    return patterns;
  }

  private static Set<PosixRegex.Flag> flags(Task task, Options options) {
    Set<PosixRegex.Flag> flags = EnumSet.noneOf(PosixRegex.Flag.class);
    String name = task.arguments().getFirst();
    char kind = name.endsWith("egrep") ? 'E' : name.endsWith("fgrep") ? 'F' : 'G';
    switch (options.lastOf("EFG").orElse(kind)) {
      case 'E' -> flags.add(PosixRegex.Flag.EXTENDED);
      case 'F' -> flags.add(PosixRegex.Flag.LITERAL);
      default -> {}
    }
    if (options.has('i') || options.has('y')) {
      flags.add(PosixRegex.Flag.IGNORE_CASE);
    }
    return flags;
  }
}
