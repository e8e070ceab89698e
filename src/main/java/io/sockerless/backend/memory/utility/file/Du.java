package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells how much space files take. */
final class Du extends Utility {

  private static final int PER_LINKED_FILE = 64;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "aHkLsxd:lchmb",
            "all=a",
            "dereference=L",
            "one-file-system=x",
            "count-links=l",
            "total=c",
            "human-readable=h",
            "summarize=s",
            "max-depth=d");
    Console console = new Console(task, output);
    List<String> operands = options.operands().isEmpty() ? List.of(".") : options.operands();
    try (Charge charge = new Charge(task)) {
      Counter counter = new Counter(console, options, charge);
      for (String path : operands) {
        TreeWalk.walk(task, path, links(options), counter);
      }
      if (options.has('c')) {
        counter.print(counter.total, "total");
      }
    }
    return console.code();
  }

  private static TreeWalk.Links links(Options options) {
    return switch (options.lastOf("HL").orElse(' ')) {
      case 'L' -> TreeWalk.Links.ALWAYS;
      case 'H' -> TreeWalk.Links.FIRST;
      default -> TreeWalk.Links.NEVER;
    };
  }

  private record Identity(long device, long inode) {}

  private static final class Counter implements TreeWalk.Visitor {
    private final Console console;
    private final Options options;
    private final Charge charge;
    private final int depth;
    private final Set<Identity> counted = new HashSet<>();
    private final Deque<Long> sums = new ArrayDeque<>();
    private long device;
    private long total;

    Counter(Console console, Options options, Charge charge) throws IOException {
      this.console = console;
      this.options = options;
      this.charge = charge;
      int asked =
          options.value('d').isPresent()
              ? Quantities.small(options.value('d').get())
              : Integer.MAX_VALUE;
      this.depth = options.has('s') ? 0 : asked;
    }

    @Override
    public boolean enter(TreeWalk.Entry entry) throws IOException {
      FileStat stat = entry.stat();
      if (entry.depth() == 0) {
        device = stat.device();
      }
      if (options.has('x') && stat.device() != device) {
        return false;
      }
      if (stat.links() > 1 && !stat.isDirectory() && !options.has('l')) {
        charge.add(PER_LINKED_FILE);
        if (!counted.add(new Identity(stat.device(), stat.inode()))) {
          return false;
        }
      }
      long size = options.has('b') ? stat.size() : LsLines.kilobytes(stat) * 1_024;
      if (stat.isDirectory()) {
        sums.push(size);
        return true;
      }
      if (entry.depth() == 0 || (options.has('a') && entry.depth() <= depth)) {
        print(size, entry.path());
      }
      add(size);
      return false;
    }

    @Override
    public void leave(TreeWalk.Entry folder) throws IOException {
      long size = sums.pop();
      if (folder.depth() <= depth) {
        print(size, folder.path());
      }
      add(size);
    }

    private void add(long size) {
      if (sums.isEmpty()) {
        total += size;
      } else {
        sums.push(sums.pop() + size);
      }
    }

    @Override
    public void failed(String path, PosixException reason) throws IOException {
      console.complain(path, reason);
    }

    private void print(long bytes, String path) throws IOException {
      String size =
          switch (options.lastOf("hkmb").orElse('k')) {
            case 'h' -> Quantities.human(bytes);
            case 'm' -> Long.toString((bytes + (1 << 19)) >> 20);
            case 'b' -> Long.toString(bytes);
            default -> Long.toString((bytes + 512) >> 10);
          };
      console.output().printLine(size + "\t" + path);
    }
  }
}
