package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Shows the tasks that use the processor most, again and again. */
final class Top extends Utility {

  private static final int HEADER = 4;

  /**
   * What BusyBox's tidies up at and then dies of, also where it is the first process, which would
   * not hear of them otherwise: {@code docker stop} of such a container is quick.
   */
  private static final Set<Signal> FATAL =
      EnumSet.of(
          Signal.HUP,
          Signal.INT,
          Signal.QUIT,
          Signal.ABRT,
          Signal.USR1,
          Signal.USR2,
          Signal.ALRM,
          Signal.TERM,
          Signal.XCPU,
          Signal.XFSZ,
          Signal.VTALRM);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "bn:d:mHp:");
    long times = options.value('n').isPresent() ? Quantities.natural(options.value('n').get()) : 0;
    boolean batch = options.has('b') || !Screen.isTerminal(task, 1);
    Duration pause =
        options.value('d').isPresent()
            ? Quantities.duration(options.value('d').get())
            : Duration.ofSeconds(5);
    FATAL.forEach(signal -> task.setDisposition(signal, Task.Disposition.CATCH));
    try {
      return watch(task, output, batch, times, pause);
    } catch (PosixException e) {
      Optional<Signal> caught = task.takeCaught().stream().findFirst();
      if (e.errno() != Errno.EINTR || caught.isEmpty()) {
        throw e;
      }
      task.setDisposition(caught.get(), Task.Disposition.DEFAULT);
      task.raise(caught.get());
      return 128 + caught.get().number();
    }
  }

  private static int watch(Task task, Output output, boolean batch, long times, Duration pause)
      throws IOException {
    for (long i = 0; times == 0 || i < times; i++) {
      if (i > 0 && wantsToLeave(task, batch, pause)) {
        break;
      }
      if (!batch) {
        output.print("\033[H\033[J");
      }
      show(task, output, batch);
      output.flush();
    }
    return 0;
  }

  /** Waits; a person who watches leaves with a q. */
  private static boolean wantsToLeave(Task task, boolean batch, Duration pause) throws IOException {
    if (batch || !Screen.isTerminal(task, 0)) {
      task.sleep(pause);
      return false;
    }
    OpenFile keyboard = task.descriptors().get(0);
    return keyboard.awaitReadable(pause.toNanos()) && task.input().read() != '\n';
  }

  private static void show(Task task, Output output, boolean batch) throws IOException {
    long total = SystemFacts.memory(task, "MemTotal") >> 10;
    long free = SystemFacts.memory(task, "MemFree") >> 10;
    output.printLine(
        "Mem: " + (total - free) + "K used, " + free + "K free, 0K shrd, 0K buff, 0K cached");
    output.printLine("Load average: " + SystemFacts.read(task, "/proc/loadavg").strip());
    output.printLine("  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND");
    Accounts accounts = Accounts.of(task.files());
    List<Task> tasks = new ArrayList<>(task.kernel().processes().tasks());
    tasks.sort(Comparator.comparing(Task::cpu).reversed());
    int rows = batch ? Integer.MAX_VALUE : Math.max(1, Screen.height(task) - HEADER);
    for (Task each : tasks.subList(0, Math.min(rows, tasks.size()))) {
      output.printLine(row(each, accounts, total));
    }
  }

  private static String row(Task each, Accounts accounts, long total) {
    Duration lived = Duration.between(each.started(), Instant.now());
    long percent =
        lived.isPositive() ? each.cpu().toMillis() * 100 / Math.max(1, lived.toMillis()) : 0;
    return String.format(
        Locale.ROOT,
        "%5d %5d %-8.8s %c    %5s %3d%% %3d%% %s",
        each.pid(),
        each.parentPid(),
        accounts.userName(Processes.user(each)),
        each.state(),
        Ps.memory(each),
        each.memory() / 1024 * 100 / Math.max(1, total),
        Math.min(percent, 999),
        Screen.printable(Processes.commandLine(each)));
  }
}
