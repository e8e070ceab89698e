package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints where a link leads. */
final class Readlink extends Utility {

  private static final int MAX_LINKS = 40;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "fnvem", "canonicalize=f", "no-newline=n", "verbose=v");
    String path = options.operands(1, 1).getFirst();
    try {
      String target;
      if (options.has('f') || options.has('m')) {
        target = canonical(task.files(), path, options.has('m'));
      } else if (options.has('e')) {
        target = task.files().realPath(path);
      } else {
        target = task.files().readLink(path);
      }
      output.print(options.has('n') ? target : target + "\n");
      return 0;
    } catch (PosixException e) {
      if (options.has('v')) {
        String reason =
            e.errno() == Errno.EINVAL ? "cannot read link: not a symlink" : e.errno().text();
        task.complain(path + ": " + reason);
      }
      return 1;
    }
  }

  /**
   * The path without links and dots. The last name need not be there if a link leads to it.
   *
   * @param missingAllowed the last name need not be there at all
   */
  static String canonical(Paths files, String path, boolean missingAllowed) throws IOException {
    String here = path;
    for (int links = 0; links < MAX_LINKS; links++) {
      try {
        return files.realPath(here);
      } catch (PosixException e) {
        if (e.errno() != Errno.ENOENT) {
          throw e;
        }
      }
      String trimmed = Strings.trimSlashes(here);
      int slash = trimmed.lastIndexOf('/');
      String parent = slash < 0 ? "." : slash == 0 ? "/" : trimmed.substring(0, slash);
      String folder = files.realPath(parent);
      String whole = TreeWalk.join(folder, trimmed.substring(slash + 1));
      try {
        String target = files.readLink(whole);
        here = target.startsWith("/") ? target : TreeWalk.join(folder, target);
      } catch (PosixException e) {
        if (e.errno() == Errno.ENOENT && (links > 0 || missingAllowed)) {
          return whole;
        }
        throw e;
      }
    }
    throw Errno.ELOOP.exception();
  }
}
