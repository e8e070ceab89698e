package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells how much space file systems have. */
final class Df extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "kPTaihmt:B:", "human-readable=h", "portability=P", "print-type=T", "inodes=i");
    Console console = new Console(task, output);
    printHeader(output, options);
    for (Mounts.Mount mount : mounts(console, options)) {
      boolean wanted = options.value('t').filter(it -> !it.equals(mount.tree().type())).isEmpty();
      if (wanted) {
        print(output, options, mount);
      }
    }
    return console.code();
  }

  private static List<Mounts.Mount> mounts(Console console, Options options) throws IOException {
    Task task = console.task();
    List<Mounts.Mount> mounts = new ArrayList<>();
    if (options.operands().isEmpty()) {
      for (Mounts.Mount mount : task.files().mounts().listed()) {
        if (options.has('a') || mount.tree().usage().total() > 0) {
          mounts.add(mount);
        }
      }
      return mounts;
    }
    for (String path : options.operands()) {
      try {
        mounts.add(task.files().mounts().of(task.files().realPath(path)));
      } catch (PosixException e) {
        console.complain(path + ": can't find mount point");
      }
    }
    return mounts;
  }

  private static void printHeader(Output output, Options options) throws IOException {
    boolean portable = options.has('P');
    String unit =
        switch (options.lastOf("khmi").orElse('k')) {
          case 'h' -> "     Size      ";
          case 'm' -> "1M-blocks      ";
          case 'i' -> "   Inodes      ";
          default -> portable ? "1024-blocks    " : "1K-blocks      ";
        };
    output.printLine(
        "Filesystem           "
            + (options.has('T') ? "Type       " : "")
            + unit
            + "Used Available "
            + (portable ? "Capacity" : "Use%")
            + " Mounted on");
  }

  private static void print(Output output, Options options, Mounts.Mount mount) throws IOException {
    FileTree.Usage usage = mount.tree().usage();
    boolean inodes = options.has('i');
    long total = inodes ? usage.files() + usage.freeFiles() : usage.total();
    long free = inodes ? usage.freeFiles() : usage.free();
    long used = inodes ? usage.files() : Math.max(0, total - free);
    long percent = used + free == 0 ? 0 : (used * 100 + (used + free) / 2) / (used + free);
    String name = mount.tree().type();
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-20s ", name));
    if (options.has('T')) {
      line.append(String.format(Locale.ROOT, "%-10s ", mount.tree().type()));
    }
    String row =
        String.format(
            Locale.ROOT,
            "%9s %9s %9s %3d%% ",
            amount(options, total),
            amount(options, used),
            amount(options, free),
            percent);
    line.append(row).append(mount.target());
    output.printLine(line.toString());
  }

  private static String amount(Options options, long amount) {
    Optional<Character> unit = options.lastOf("khmi");
    return switch (unit.orElse('k')) {
      case 'h' -> Quantities.human(amount);
      case 'm' -> Long.toString((amount + (1 << 19)) >> 20);
      case 'i' -> Long.toString(amount);
      default -> Long.toString(amount >> 10);
    };
  }
}
