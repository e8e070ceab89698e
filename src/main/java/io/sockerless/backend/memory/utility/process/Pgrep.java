package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.SignalSender;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds tasks by a pattern, and prints their numbers or sends them a signal. */
final class Pgrep extends Utility {

  private final boolean kills;

  /** {@code pkill} if it kills, else {@code pgrep}. */
  Pgrep(boolean kills) {
    this.kills = kills;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    Optional<Signal> signal = Optional.of(Signal.TERM);
    if (kills && !arguments.isEmpty() && arguments.getFirst().matches("-([0-9]+|[A-Z]{2,}.*)")) {
      signal = Processes.parseSignal(arguments.removeFirst().substring(1));
    }
    Options options = Options.parse(arguments, 2, "vlafnoxs:P:u:c", "full=f", "exact=x");
    List<Task> found = find(task, options);
    for (Task each : found) {
      if (kills) {
        try {
          new SignalSender(task).send(each, signal);
        } catch (PosixException e) {
          task.complain("can't kill pid " + each.pid() + ": " + e.getMessage());
        }
      } else if (!options.has('c')) {
        output.printLine(line(options, each));
      }
    }
    if (options.has('c')) {
      output.printLine(Integer.toString(found.size()));
    }
    return found.isEmpty() ? 1 : 0;
  }

  private static String line(Options options, Task each) {
    if (options.has('a') || (options.has('l') && options.has('f'))) {
      return each.pid() + " " + Processes.commandLine(each);
    }
    return options.has('l')
        ? each.pid() + " " + Processes.name(each)
        : Integer.toString(each.pid());
  }

  private static List<Task> find(Task task, Options options) throws IOException {
    Predicate<String> pattern = pattern(options);
    Optional<Integer> user = Optional.empty();
    if (options.value('u').isPresent()) {
      user = Optional.of(Accounts.of(task.files()).uid(options.value('u').get()));
    }
    List<Task> found = new ArrayList<>();
    for (Task each : task.kernel().processes().tasks()) {
      if (each == task || each.hasEnded()) {
        continue;
      }
      String text = options.has('f') ? Processes.commandLine(each) : Processes.name(each);
      boolean matches =
          pattern.test(text)
              && options.value('P').map(it -> it.equals("" + each.parentPid())).orElse(true)
              && options.value('s').map(it -> it.equals("" + each.session())).orElse(true)
              && user.map(uid -> uid == Processes.user(each)).orElse(true);
      if (matches != options.has('v')) {
        found.add(each);
      }
    }
    if (found.isEmpty() || !(options.has('n') || options.has('o'))) {
      return found;
    }
    return List.of(options.has('n') ? found.getLast() : found.getFirst());
  }

  private static Predicate<String> pattern(Options options) throws Failure {
    boolean filtered = options.has('P') || options.has('s') || options.has('u');
    if (options.operands(filtered ? 0 : 1, 1).isEmpty()) {
      return text -> true;
    }
    String pattern = options.operands().getFirst();
    boolean exact = options.has('x');
    try {
      PosixRegex regex =
          PosixRegex.compile(
              exact ? "^(" + pattern + ")$" : pattern, Set.of(PosixRegex.Flag.EXTENDED));
      return text -> regex.find(text).isPresent();
    } catch (InvalidRegexException e) {
      throw Failure.of(2, "bad regex '" + pattern + "'", new IOException(e.getMessage(), e));
    }
  }
}
