package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.SignalSender;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.RunAs;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Starts a program unless it runs, or stops what runs of it. */
final class StartStopDaemon extends Utility {

  private static final int PID_FILE_LENGTH = 64;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "+KSbqtma:n:s:u:c:d:x:p:ovN:R:",
            "stop=K",
            "start=S",
            "background=b",
            "quiet=q",
            "test=t",
            "make-pidfile=m",
            "startas=a",
            "name=n",
            "signal=s",
            "user=u",
            "chuid=c",
            "chdir=d",
            "exec=x",
            "pidfile=p",
            "oknodo=o",
            "verbose=v",
            "nicelevel=N",
            "retry=R");
    if (options.has('K') == options.has('S')) {
      throw new Failure("either -S or -K is needed");
    }
    boolean matches = "pnux".chars().anyMatch(letter -> options.has((char) letter));
    boolean runs = options.has('x') || options.has('a');
    if (options.has('K') ? !matches : !runs) {
      throw new Failure(options.has('K') ? "-K needs one of -u, -n, -x, -p" : "-S needs -x or -a");
    }
    List<Task> found = matches ? find(task, options) : List.of();
    return options.has('K')
        ? stop(task, output, options, found)
        : start(task, output, options, found);
  }

  /** Those that meet all conditions, the youngest first. */
  private static List<Task> find(Task task, Options options) throws IOException {
    Optional<Integer> user = Optional.empty();
    if (options.value('u').isPresent()) {
      user = Optional.of(Accounts.of(task.files()).uid(options.value('u').get()));
    }
    Optional<Long> pid = Optional.empty();
    if (options.value('p').isPresent()) {
      pid = read(task, options.value('p').get());
      if (pid.isEmpty()) {
        return List.of();
      }
    }
    List<Task> found = new ArrayList<>();
    for (Task each : task.kernel().processes().tasks().reversed()) {
      boolean wanted =
          each != task
              && !each.hasEnded()
              && pid.map(it -> it == each.pid()).orElse(true)
              && user.map(it -> it == Processes.user(each)).orElse(true)
              && options.value('n').map(it -> it.equals(Processes.name(each))).orElse(true)
              && options.value('x').map(it -> isRunBy(each, it)).orElse(true);
      if (wanted) {
        found.add(each);
      }
    }
    return found;
  }

  /** A script is run by its interpreter, whose first argument it is. */
  private static boolean isRunBy(Task task, String program) {
    List<String> arguments = task.arguments();
    return !arguments.isEmpty()
        && (arguments.getFirst().equals(program)
            || (arguments.size() > 1 && arguments.get(1).equals(program)));
  }

  private static Optional<Long> read(Task task, String path) throws IOException {
    try (OpenFile file = task.files().open(path, OpenMode.READ)) {
      byte[] bytes = new byte[PID_FILE_LENGTH];
      int count = file.read(bytes, 0, bytes.length);
      String text = new String(bytes, 0, Math.max(0, count), StandardCharsets.US_ASCII);
      return Quantities.parse(text.strip(), 10);
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  private static int stop(Task task, Output output, Options options, List<Task> found)
      throws IOException {
    String what = described(options);
    if (found.isEmpty()) {
      if (!options.has('q')) {
        output.printLine("no " + what + " found; none killed");
      }
      return options.has('o') ? 0 : 1;
    }
    Optional<Signal> signal = Processes.parseSignal(options.value('s').orElse("TERM"));
    int killed = 0;
    for (Task each : found) {
      try {
        if (!options.has('t')) {
          new SignalSender(task).send(each, signal);
        }
        killed++;
      } catch (PosixException e) {
        task.complain("warning: killing process " + each.pid() + ": " + e.getMessage());
      }
    }
    if (killed > 0 && !options.has('q')) {
      String pids =
          found.stream().map(it -> Integer.toString(it.pid())).collect(Collectors.joining(" "));
      output.printLine("stopped " + what + " (pid " + pids + ")");
    }
    return killed > 0 ? 0 : 1;
  }

  private static String described(Options options) {
    return options
        .value('x')
        .or(() -> options.value('n'))
        .or(() -> options.value('p').map(it -> "process in pidfile '" + it + "'"))
        .or(() -> options.value('u').map(it -> "process(es) owned by '" + it + "'"))
        .orElse("");
  }

  private static int start(Task task, Output output, Options options, List<Task> found)
      throws IOException {
    String program = options.value('a').or(() -> options.value('x')).orElse("");
    if (!found.isEmpty()) {
      if (!options.has('q')) {
        output.printLine(options.value('x').orElse(program) + " is already running");
      }
      return options.has('o') ? 0 : 1;
    }
    if (options.has('t')) {
      return 0;
    }
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(options.operands());
    output.flush();
    if (!options.has('b')) {
      return execute(task, options, command);
    }
    if (Commands.find(task, program).isEmpty()) {
      throw new Failure("can't execute '" + program + "': No such file or directory");
    }
    task.fork(
        it -> execute(it, options, command),
        it -> {
          it.startSession();
          for (int number = 0; number < 3; number++) {
            it.descriptors().set(number, it.files().open("/dev/null", OpenMode.READ_WRITE));
          }
          return 0;
        });
    return 0;
  }

  private static int execute(Task task, Options options, List<String> command) throws IOException {
    if (options.has('m') && options.value('p').isPresent()) {
      try (OpenFile file =
          task.files().create(options.value('p').get(), OpenMode.WRITE, 0644, false)) {
        byte[] line = Text.encode(task.pid() + "\n");
        file.write(line, 0, line.length);
      }
    }
    if (options.value('d').isPresent()) {
      task.files().changeDirectory(options.value('d').get());
    }
    if (options.value('c').isPresent()) {
      try {
        RunAs user = RunAs.of(Accounts.of(task.files()), options.value('c').get(), List.of());
        Identity.change(task, user.credentials());
      } catch (IllegalArgumentException e) {
        throw Failure.of(1, "unknown user " + options.value('c').get(), new IOException(e));
      }
    }
    return Commands.execute(task, command);
  }
}
