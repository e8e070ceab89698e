package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Draws folders with what is in them. */
final class Tree extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "adfL:");
    Drawing drawing = new Drawing(task, output, options);
    List<String> folders = options.operands().isEmpty() ? List.of(".") : options.operands();
    for (String folder : folders) {
      drawing.draw(folder);
    }
    output.printLine("");
    output.print(drawing.folders + " directories");
    output.printLine(options.has('d') ? "" : ", " + drawing.files + " files");
    return 0;
  }

  /** What is left to draw of a folder. */
  private record Level(String path, String indent, Iterator<String> names) {}

  private static final class Drawing {
    private final Task task;
    private final Output output;
    private final Options options;
    private final long depth;
    private final boolean unicode;
    private long folders;
    private long files;

    Drawing(Task task, Output output, Options options) throws Failure {
      this.task = task;
      this.output = output;
      this.options = options;
      this.depth = options.number('L', Integer.MAX_VALUE);
      if (depth < 1) {
        throw new Failure("invalid number '" + options.value('L').orElse("") + "'");
      }
      this.unicode =
          Stream.of("LC_ALL", "LC_CTYPE", "LANG")
              .map(name -> task.environment().getOrDefault(name, ""))
              .filter(value -> !value.isEmpty())
              .findFirst()
              .map(value -> value.toUpperCase(Locale.ROOT))
              .filter(value -> value.contains("UTF-8") || value.contains("UTF8"))
              .isPresent();
    }

    /** Keeps a list of its own, since folders can be nested as deep as a container likes. */
    void draw(String root) throws IOException {
      output.print(root);
      Deque<Level> levels = new ArrayDeque<>();
      enter(levels, root, "");
      while (!levels.isEmpty()) {
        task.checkpoint();
        Level level = levels.peek();
        if (!level.names().hasNext()) {
          levels.pop();
          continue;
        }
        String name = level.names().next();
        boolean last = !level.names().hasNext();
        String path = level.path().equals("/") ? "/" + name : level.path() + "/" + name;
        FileStat stat = task.files().lstat(path);
        output.print(level.indent() + branch(last));
        output.print(Screen.printable(options.has('f') ? path : name));
        if (stat.isDirectory()) {
          folders++;
          if (levels.size() < depth) {
            enter(levels, path, level.indent() + trunk(last));
          } else {
            output.printLine("");
          }
        } else {
          files++;
          output.printLine(stat.isLink() ? " -> " + task.files().readLink(path) : "");
        }
      }
    }

    /** Ends the line of the folder's name. */
    private void enter(Deque<Level> levels, String path, String indent) throws IOException {
      try {
        Stream<String> names =
            task.files().list(path).stream()
                .map(DirectoryEntry::name)
                .filter(name -> options.has('a') || !name.startsWith("."))
                .sorted();
        List<String> wanted = options.has('d') ? folders(path, names.toList()) : names.toList();
        output.printLine("");
        levels.push(new Level(path, indent, wanted.iterator()));
      } catch (PosixException e) {
        output.printLine(" [error opening dir]");
      }
    }

    private List<String> folders(String path, List<String> names) throws IOException {
      List<String> folders = new ArrayList<>();
      for (String name : names) {
        if (task.files().lstat(path + "/" + name).isDirectory()) {
          folders.add(name);
        }
      }
      return folders;
    }

    private String branch(boolean last) {
      return unicode ? (last ? "└── " : "├── ") : last ? "`-- " : "|-- ";
    }

    private String trunk(boolean last) {
      return last ? "    " : unicode ? "│   " : "|   ";
    }
  }
}
