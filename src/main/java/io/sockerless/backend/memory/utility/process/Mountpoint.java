package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Tells whether something is mounted at a folder. */
final class Mountpoint extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "qdxn");
    String path = options.operands(1, 1).getFirst();
    boolean quiet = options.has('q');
    Location location;
    FileStat stat;
    try {
      location = task.files().locate(path);
      stat = location.node().stat();
    } catch (PosixException e) {
      if (!quiet) {
        task.complain(path + ": " + e.getMessage());
      }
      return 1;
    }
    if (!stat.isDirectory()) {
      if (!quiet) {
        task.complain(path + ": Not a directory");
      }
      return 1;
    }
    if (options.has('d')) {
      output.printLine((stat.device() >> 8) + ":" + (stat.device() & 0xff));
      return 0;
    }
    boolean mounted = task.files().mounts().at(location.path()).isPresent();
    if (!quiet) {
      output.printLine(path + " is " + (mounted ? "a mountpoint" : "not a mountpoint"));
    }
    return mounted ? 0 : 1;
  }
}
