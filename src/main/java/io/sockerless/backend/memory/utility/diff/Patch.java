package io.sockerless.backend.memory.utility.diff;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code patch}: changes files as a unified diff says. */
public final class Patch extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "p:i:RNEd:suf",
            "strip=p",
            "input=i",
            "reverse=R",
            "forward=N",
            "remove-empty-files=E",
            "directory=d",
            "dry-run",
            "quiet=s",
            "silent=s");
    List<String> operands = options.operands(0, 2);
    if (options.value('d').isPresent()) {
      task.files().changeDirectory(options.value('d').get());
    }
    String source = options.value('i').orElse(operands.size() > 1 ? operands.get(1) : "-");
    Optional<String> target =
        operands.isEmpty() ? Optional.empty() : Optional.of(operands.getFirst());
    try (LineReader lines = new LineReader(task, Input.open(task, source));
        Charge charge = new Charge(task)) {
      PatchReader reader = new PatchReader(lines);
      int code = 0;
      while (true) {
        Optional<PatchReader.FilePatch> patch = reader.next();
        if (patch.isEmpty()) {
          return code;
        }
        code = Math.max(code, new Run(task, output, options, charge).apply(patch.get(), target));
      }
    }
  }

  private record Run(Task task, Output output, Options options, Charge charge) {

    int apply(PatchReader.FilePatch patch, Optional<String> target) throws IOException {
      boolean reverse = options.has('R');
      String from = reverse ? patch.newName() : patch.oldName();
      String to = reverse ? patch.oldName() : patch.newName();
      String name = target.isPresent() ? target.get() : choose(from, to);
      boolean creates = from.equals("/dev/null");
      if (!options.has('s')) {
        output.printLine((creates ? "creating " : "patching file ") + name);
      }
      output.flush();
      TextFile file = creates && !task.files().exists(name) ? TextFile.EMPTY : read(name);
      Applied applied = new Applied(new ArrayList<>(file.lines()), file.complete());
      for (int i = 0; i < patch.hunks().size(); i++) {
        Hunk hunk = reverse ? patch.hunks().get(i).reversed() : patch.hunks().get(i);
        if (!applied.apply(hunk)) {
          if (options.has('N') && applied.hasAlready(hunk)) {
            continue;
          }
          output.printLine(
              "Hunk " + (i + 1) + " FAILED " + hunk.start() + "/" + hunk.start() + ".");
          return 1;
        }
      }
      if (!options.has("dry-run")) {
        write(name, applied, to.equals("/dev/null"));
      }
      return 0;
    }

    private String choose(String from, String to) throws Failure {
      int strip = (int) options.number('p', -1);
      String newName = strip(to, strip);
      String oldName = strip(from, strip);
      if (to.equals("/dev/null")) {
        return oldName;
      }
      return from.equals("/dev/null")
              || task.files().exists(newName)
              || !task.files().exists(oldName)
          ? newName
          : oldName;
    }

    private static String strip(String name, int count) {
      if (count < 0) {
        return name.substring(name.lastIndexOf('/') + 1);
      }
      String rest = name;
      for (int i = 0; i < count && rest.indexOf('/') >= 0; i++) {
        rest = rest.substring(rest.indexOf('/') + 1).replaceFirst("^/+", "");
      }
      return rest;
    }

    private TextFile read(String name) throws IOException {
      try (Input input = Input.open(task, name)) {
        return TextFile.read(task, input, charge);
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + name + "'", e);
      }
    }

    private void write(String name, Applied applied, boolean remove) throws IOException {
      if (applied.lines.isEmpty() && (remove || options.has('E'))) {
        task.files().unlink(name);
        return;
      }
      int slash = name.lastIndexOf('/');
      if (slash > 0 && !task.files().exists(name.substring(0, slash))) {
        makeFolders(name.substring(0, slash));
      }
      try (Output file = new Output(task, task.files().create(name, OpenMode.WRITE, 0666, false))) {
        new TextFile(applied.lines, applied.complete, false).write(file);
      }
    }

    private void makeFolders(String path) throws IOException {
      int slash = path.lastIndexOf('/');
      if (slash > 0 && !task.files().exists(path.substring(0, slash))) {
        makeFolders(path.substring(0, slash));
      }
      task.files().makeDirectory(path, 0777);
    }
  }

  /** A file's lines while hunks are applied to them. */
  private static final class Applied {
    private final List<byte[]> lines;
    private boolean complete;
    private int shift;

    Applied(List<byte[]> lines, boolean complete) {
      this.lines = lines;
      this.complete = complete;
    }

    boolean apply(Hunk hunk) {
      List<byte[]> before = hunk.side('-');
      List<byte[]> after = hunk.side('+');
      int wanted = Math.max(0, hunk.start() - (before.isEmpty() ? 0 : 1)) + shift;
      OptionalInt found = find(before, wanted);
      if (found.isEmpty()) {
        return false;
      }
      int position = found.getAsInt();
      lines.subList(position, position + before.size()).clear();
      lines.addAll(position, after);
      shift += after.size() - before.size() + position - wanted;
      if (position + after.size() == lines.size()) {
        complete = hunk.newComplete();
      }
      return true;
    }

    boolean hasAlready(Hunk hunk) {
      return find(hunk.side('+'), Math.max(0, hunk.start() - 1) + shift).isPresent();
    }

    /** Where lines lie, as near as possible to where they are expected. */
    private OptionalInt find(List<byte[]> wanted, int expected) {
      for (int distance = 0; distance <= lines.size(); distance++) {
        for (int position : new int[] {expected - distance, expected + distance}) {
          if (position >= 0 && position + wanted.size() <= lines.size() && isAt(wanted, position)) {
            return OptionalInt.of(position);
          }
        }
      }
      return OptionalInt.empty();
    }

    private boolean isAt(List<byte[]> wanted, int position) {
      for (int i = 0; i < wanted.size(); i++) {
        if (!Arrays.equals(wanted.get(i), lines.get(position + i))) {
          return false;
        }
      }
      return true;
    }
  }
}
