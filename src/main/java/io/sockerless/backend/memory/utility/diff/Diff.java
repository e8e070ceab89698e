package io.sockerless.backend.memory.utility.diff;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code diff}: how files or folders differ, in the unified form, which is BusyBox' only one. */
public final class Diff extends Utility {

  private static final int ERROR = 2;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            ERROR,
            "abdiL:NqrsS:tTU:upBw",
            "text=a",
            "ignore-space-change=b",
            "ignore-blank-lines=B",
            "ignore-all-space=w",
            "ignore-case=i",
            "label=L",
            "new-file=N",
            "brief=q",
            "recursive=r",
            "report-identical-files=s",
            "starting-file=S",
            "expand-tabs=t",
            "initial-tab=T",
            "unified=u",
            "minimal=d",
            "no-dereference",
            "strip-trailing-cr");
    List<String> names = options.operands(2, 2);
    return new Run(task, output, options).compare(names.get(0), names.get(1));
  }

  private record Run(Task task, Output output, Options options) {

    int compare(String first, String second) throws IOException {
      boolean firstIsFolder = isFolder(first);
      boolean secondIsFolder = isFolder(second);
      if (firstIsFolder && secondIsFolder) {
        return folders(first, second);
      }
      String a = firstIsFolder ? within(first, second) : first;
      String b = secondIsFolder ? within(second, first) : second;
      return files(a, b);
    }

    private static String within(String folder, String file) {
      return join(folder, file.substring(file.lastIndexOf('/') + 1));
    }

    private static String join(String folder, String name) {
      return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    private boolean isFolder(String name) throws Failure {
      try {
        return !name.equals("-") && task.files().stat(name).isDirectory();
      } catch (IOException e) {
        if (options.has('N') && !task.files().exists(name)) {
          return false;
        }
        throw Failure.of(ERROR, "can't stat '" + name + "'", e);
      }
    }

    private int folders(String first, String second) throws IOException {
      Set<String> names = new TreeSet<>(names(first));
      names.addAll(names(second));
      String start = options.value('S').orElse("");
      int code = 0;
      for (String name : names) {
        if (name.compareTo(start) >= 0) {
          code = Math.max(code, member(first, second, name));
        }
      }
      return code;
    }

    private Set<String> names(String folder) throws IOException {
      Set<String> names = new TreeSet<>();
      for (DirectoryEntry entry : task.files().list(folder)) {
        names.add(entry.name());
      }
      return names;
    }

    private int member(String first, String second, String name) throws IOException {
      String a = join(first, name);
      String b = join(second, name);
      boolean inFirst = task.files().exists(a);
      boolean inSecond = task.files().exists(b);
      if (!options.has('N') && inFirst != inSecond) {
        output.printLine("Only in " + (inFirst ? first : second) + ": " + name);
        return 1;
      }
      boolean folderFirst = inFirst && task.files().stat(a).isDirectory();
      boolean folderSecond = inSecond && task.files().stat(b).isDirectory();
      if (folderFirst && folderSecond) {
        if (options.has('r')) {
          return folders(a, b);
        }
        output.printLine("Common subdirectories: " + a + " and " + b);
        return 0;
      }
      if (folderFirst != folderSecond && inFirst && inSecond) {
        output.printLine(
            "File "
                + a
                + " is a "
                + kind(folderFirst)
                + " while file "
                + b
                + " is a "
                + kind(folderSecond));
        return 1;
      }
      return folderFirst || folderSecond ? folderAlone(a, b, folderFirst) : files(a, b);
    }

    private static String kind(boolean folder) {
      return folder ? "directory" : "regular file";
    }

    private int folderAlone(String a, String b, boolean isFirst) throws IOException {
      int code = 0;
      if (options.has('r')) {
        for (String name : names(isFirst ? a : b)) {
          code = Math.max(code, member(a, b, name));
        }
      }
      return code;
    }

    private TextFile read(String name, Charge charge) throws IOException {
      if (options.has('N') && !name.equals("-") && !task.files().exists(name)) {
        return TextFile.EMPTY;
      }
      try (Input input = Input.open(task, name)) {
        return TextFile.read(task, input, charge);
      } catch (PosixException | Input.ReadException e) {
        throw Failure.of(ERROR, "can't stat '" + name + "'", e);
      }
    }

    private int files(String first, String second) throws IOException {
      try (Charge charge = new Charge(task)) {
        TextFile a = read(first, charge);
        TextFile b = read(second, charge);
        charge.add(32L * (a.lines().size() + b.lines().size()));
        Comparison comparison = new Comparison(task, options, a, b);
        List<Change> changes = comparison.changes();
        if (changes.isEmpty()) {
          if (options.has('s')) {
            output.printLine("Files " + first + " and " + second + " are identical");
          }
          return 0;
        }
        boolean binary = (a.binary() || b.binary()) && !options.has('a');
        if (options.has('q') || binary) {
          output.printLine("Files " + first + " and " + second + " differ");
          return 1;
        }
        List<String> labels = options.values("L");
        output.printLine("--- " + (labels.isEmpty() ? first : labels.getFirst()));
        output.printLine("+++ " + (labels.size() < 2 ? second : labels.get(1)));
        comparison.print(output, changes, Math.clamp(options.number('U', 3), 0, 1_000_000));
        return 1;
      }
    }
  }
}
