package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Lists files. */
final class Ls extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "1AaCxdLHRFplinshrSXvctuQgow:T:kb",
            "color::",
            "full-time",
            "group-directories-first",
            "all=a",
            "almost-all=A",
            "recursive=R",
            "human-readable=h",
            "directory=d",
            "reverse=r",
            "inode=i",
            "size=s",
            "classify=F",
            "dereference=L",
            "width=w");
    return new Run(task, output, options).list();
  }

  /**
   * A file to be listed.
   *
   * @param name as it is shown
   * @param path as it is reached
   * @param stat of the file that a link leads to if links are followed
   */
  record Item(String name, String path, FileStat stat) {}

  private static final class Run {
    private final Console console;
    private final Task task;
    private final Output output;
    private final Options options;
    private final LsLines lines;
    private final boolean detailed;

    Run(Task task, Output output, Options options) throws IOException {
      this.task = task;
      this.output = output;
      this.options = options;
      this.console = new Console(task, output);
      this.detailed =
          options.lastOf("1Cxlngo").filter(letter -> "lngo".indexOf(letter) >= 0).isPresent()
              || options.has("full-time");
      this.lines = new LsLines(task, options, detailed);
    }

    int list() throws IOException {
      List<String> operands = options.operands().isEmpty() ? List.of(".") : options.operands();
      List<Item> files = new ArrayList<>();
      List<Item> folders = new ArrayList<>();
      for (String path : operands) {
        Optional<Item> item = describe(path, path, followArguments());
        item.ifPresent(it -> (isListedInside(it) ? folders : files).add(it));
      }
      sort(files);
      sort(folders);
      print(files);
      Deque<Item> left = new ArrayDeque<>(folders);
      boolean titled = operands.size() > 1 || options.has('R');
      boolean first = files.isEmpty();
      while (!left.isEmpty()) {
        Item folder = left.pop();
        if (titled) {
          output.printLine((first ? "" : "\n") + Screen.printable(folder.name()) + ":");
        }
        first = false;
        List<Item> below = listFolder(folder);
        below.reversed().forEach(left::push);
      }
      return console.code();
    }

    private boolean followArguments() {
      return options.has('L')
          || options.has('H')
          || !(detailed || options.has('d') || options.has('F'));
    }

    private boolean isListedInside(Item item) {
      return item.stat().isDirectory() && !options.has('d');
    }

    private Optional<Item> describe(String name, String path, boolean follow) throws IOException {
      task.checkpoint();
      try {
        return Optional.of(
            new Item(name, path, follow ? task.files().stat(path) : task.files().lstat(path)));
      } catch (PosixException e) {
        console.complain(path, e);
        return Optional.empty();
      }
    }

    /** Lists a folder, and answers those in it that are to be listed after it. */
    private List<Item> listFolder(Item folder) throws IOException {
      List<Item> items = new ArrayList<>();
      try {
        for (String name : names(folder.path())) {
          String path = TreeWalk.join(folder.path(), name);
          describe(name, path, options.has('L')).ifPresent(items::add);
        }
      } catch (PosixException e) {
        console.complain("can't open '" + folder.path() + "'", e);
        return List.of();
      }
      sort(items);
      if (detailed || options.has('s')) {
        long kilobytes = items.stream().mapToLong(item -> LsLines.kilobytes(item.stat())).sum();
        String total =
            options.has('h') ? Quantities.human(kilobytes * 1_024) : Long.toString(kilobytes);
        output.printLine("total " + total);
      }
      print(items);
      List<Item> below = new ArrayList<>();
      if (options.has('R')) {
        for (Item item : items) {
          boolean itself = item.name().equals(".") || item.name().equals("..");
          if (item.stat().isDirectory() && !itself && !isInside(folder.path(), item)) {
            below.add(new Item(item.path(), item.path(), item.stat()));
          }
        }
      }
      return below;
    }

    /** Whether a followed link leads to a folder that is being listed. */
    private boolean isInside(String folder, Item item) throws IOException {
      if (!options.has('L') || !task.files().lstat(item.path()).isLink()) {
        return false;
      }
      String real = task.files().realPath(item.path());
      String here = task.files().realPath(folder);
      return here.equals(real) || here.startsWith(real.equals("/") ? "/" : real + "/");
    }

    private List<String> names(String folder) throws IOException {
      List<String> names = new ArrayList<>();
      boolean all = options.lastOf("aA").filter(letter -> letter == 'a').isPresent();
      if (all) {
        names.add(".");
        names.add("..");
      }
      for (String name : TreeWalk.names(task, folder)) {
        if (!name.startsWith(".") || options.lastOf("aA").isPresent()) {
          names.add(name);
        }
      }
      return names;
    }

    private void sort(List<Item> items) {
      Comparator<Item> byName = Comparator.comparing(Item::name);
      Comparator<Item> order =
          switch (options.lastOf("SXtv").orElse(' ')) {
            case 'S' -> Comparator.comparingLong((Item item) -> -item.stat().size());
            case 'X' -> Comparator.comparing(item -> extension(item.name()));
            case 't' -> Comparator.comparing((Item item) -> lines.time(item.stat())).reversed();
            case 'v' -> Comparator.comparing(Item::name, VersionOrder.INSTANCE);
            default -> byName;
          };
      order = order.thenComparing(byName);
      if (options.has('r')) {
        order = order.reversed();
      }
      if (options.has("group-directories-first")) {
        order =
            Comparator.comparing((Item item) -> !item.stat().isDirectory()).thenComparing(order);
      }
      items.sort(order);
    }

    private static String extension(String name) {
      int dot = name.lastIndexOf('.');
      return dot < 0 ? "" : name.substring(dot);
    }

    private void print(List<Item> items) throws IOException {
      if (detailed) {
        for (Item item : items) {
          task.checkpoint();
          output.printLine(lines.line(item));
        }
        return;
      }
      char layout = options.lastOf("1Cx").orElse(Screen.isTerminal(task, 1) ? 'C' : '1');
      int width = layout == '1' ? 0 : lines.width();
      printColumns(items, width, layout == 'x');
    }

    private void printColumns(List<Item> items, int width, boolean across) throws IOException {
      List<String> cells = new ArrayList<>();
      int column = 2;
      for (Item item : items) {
        cells.add(lines.cell(item));
        column = Math.max(column, lines.columns(item) + 2);
      }
      int columns = Math.max(1, width / column);
      int rows = (items.size() + columns - 1) / columns;
      for (int row = 0; row < rows; row++) {
        int behind = 0;
        for (int i = 0; i < columns; i++) {
          int index = across ? row * columns + i : i * rows + row;
          if (index < items.size()) {
            output.print(" ".repeat(behind) + cells.get(index));
            behind = column - lines.columns(items.get(index));
          }
        }
        output.print("\n");
      }
    }
  }
}
