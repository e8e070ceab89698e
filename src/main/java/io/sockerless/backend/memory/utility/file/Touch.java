package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Dates;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sets the times of files, and makes those that are not there. */
final class Touch extends Utility {

  private record Times(Instant accessed, Instant modified) {}

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "cfd:t:r:amh", "no-create=c", "date=d", "reference=r", "no-dereference=h");
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    Times times = times(task, options);
    Console console = new Console(task, output);
    for (String path : operands) {
      try {
        touch(task, options, path, times);
      } catch (PosixException e) {
        console.complain(path, e);
      }
    }
    return console.code();
  }

  private static Times times(Task task, Options options) throws IOException {
    Optional<String> reference = options.value('r');
    if (reference.isPresent()) {
      try {
        FileStat stat = task.files().stat(reference.get());
        return new Times(stat.accessed(), stat.modified());
      } catch (PosixException e) {
        throw Failure.of(1, "can't stat '" + reference.get() + "'", e);
      }
    }
    Instant now = Instant.now();
    Optional<String> date = options.value('t').or(() -> options.value('d'));
    Instant time = date.isPresent() ? Dates.parse(date.get(), TimeZones.of(task), now) : now;
    return new Times(time, time);
  }

  private static void touch(Task task, Options options, String path, Times times)
      throws IOException {
    boolean follow = !options.has('h');
    try {
      set(task, options, path, times, follow);
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      if (options.has('c') || !follow) {
        return;
      }
      task.files().create(path, new OpenMode(false, true, false, false), 0666, false).close();
      set(task, options, path, times, true);
    }
  }

  private static void set(Task task, Options options, String path, Times times, boolean follow)
      throws IOException {
    boolean both = options.has('a') == options.has('m');
    if (both && "dtr".chars().noneMatch(it -> options.has((char) it))) {
      task.files().touch(path, follow);
      return;
    }
    FileStat stat = follow ? task.files().stat(path) : task.files().lstat(path);
    task.files()
        .setTimes(
            path,
            both || options.has('a') ? times.accessed() : stat.accessed(),
            both || options.has('m') ? times.modified() : stat.modified(),
            follow);
  }
}
