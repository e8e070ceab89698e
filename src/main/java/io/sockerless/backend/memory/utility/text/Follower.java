package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints what is added to files, for {@code tail -f} and {@code tail -F}, until it is killed. */
final class Follower {

  private static final class Followed {
    private final String name;
    private Optional<OpenFile> file;

    Followed(String name, Optional<OpenFile> file) {
      this.name = name;
      this.file = file;
    }
  }

  private final Task task;
  private final Output output;
  private final Headers headers;
  private final boolean byName;
  private final List<Followed> all = new ArrayList<>();
  private final byte[] buffer = new byte[65_536];
  private String last = "";

  /**
   * Follows nothing yet.
   *
   * @param byName whether a file that takes the name of another is followed from then on
   */
  Follower(Task task, Output output, Headers headers, boolean byName) {
    this.task = task;
    this.output = output;
    this.headers = headers;
    this.byName = byName;
  }

  /** Follows a file that was read to its end. */
  void add(String name, Input input) {
    all.add(new Followed(name, Optional.of(input.file().retain())));
    last = name;
  }

  /** Waits for those files that could not be opened, if names are followed. */
  void addMissing(List<String> names) {
    for (String name : names) {
      if (byName && all.stream().noneMatch(it -> it.name.equals(name))) {
        all.add(new Followed(name, Optional.empty()));
      }
    }
  }

  /** Goes on until there is nothing left to follow, or a signal comes. */
  void follow(Duration interval) throws IOException {
    while (!all.isEmpty()) {
      task.sleep(interval);
      for (Followed followed : all) {
        if (byName) {
          reopen(followed);
        }
        if (followed.file.isPresent()) {
          rewindIfCut(followed.file.get());
          copy(followed.name, followed.file.get());
        }
      }
      output.flush();
    }
  }

  private void reopen(Followed followed) throws IOException {
    try {
      FileStat now = task.files().stat(followed.name);
      if (followed.file.isPresent() && followed.file.get().stat().isSameFile(now)) {
        return;
      }
      task.complain(followed.name + " has been replaced; following end of new file");
    } catch (PosixException e) {
      return;
    }
    if (followed.file.isPresent()) {
      copy(followed.name, followed.file.get());
      followed.file.get().close();
      followed.file = Optional.empty();
    }
    try {
      followed.file = Optional.of(task.files().open(followed.name, OpenMode.READ));
    } catch (PosixException e) {
      task.complain("can't open '" + followed.name + "': " + e.getMessage());
    }
  }

  private static void rewindIfCut(OpenFile file) throws IOException {
    FileStat stat = file.stat();
    if (stat.isRegular() && file.seek(0, OpenFile.Whence.CURRENT) > stat.size()) {
      file.seek(0, OpenFile.Whence.SET);
    }
  }

  private void copy(String name, OpenFile file) throws IOException {
    int count;
    while ((count = file.read(buffer, 0, buffer.length)) > 0) {
      if (!last.equals(name)) {
        headers.print(output, name);
        last = name;
      }
      output.write(buffer, 0, count);
    }
  }
}
