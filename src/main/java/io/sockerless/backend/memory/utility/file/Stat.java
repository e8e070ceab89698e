package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints what is known of files, or of the file systems they are in. */
final class Stat extends Utility {

  private static final String FILE =
      """
        File: %N
        Size: %-10s\tBlocks: %-10b IO Block: %-6o %F
      Device: %Dh/%dd\tInode: %-10i  Links: %-5h%Q
      Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
      Access: %x
      Modify: %y
      Change: %z
      """;
  private static final String FILE_TERSE = "%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o\n";
  private static final String SYSTEM =
      """
        File: "%n"
          ID: %-8i Namelen: %-7l Type: %T
      Block size: %-10s
      Blocks: Total: %-10b Free: %-10f Available: %a
      Inodes: Total: %-10c Free: %d
      """;
  private static final String SYSTEM_TERSE = "%n %i %l %t %s %b %f %a %c %d\n";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "ftLc:", "format=c", "dereference=L", "terse=t", "file-system=f", "printf:");
    Console console = new Console(task, output);
    Accounts accounts = Accounts.of(task.files());
    boolean system = options.has('f');
    String terse = system ? SYSTEM_TERSE : FILE_TERSE;
    String wordy = system ? SYSTEM : FILE;
    String format =
        options
            .value('c')
            .map(it -> it + "\n")
            .or(() -> options.value("printf").map(StatFormat::unescape))
            .orElse(options.has('t') ? terse : wordy);
    boolean quoted = options.value('c').isEmpty();
    for (String path : options.operands(1, Integer.MAX_VALUE)) {
      try {
        if (system) {
          output.print(new StatFormat(format, system(task, path)).expand());
        } else {
          output.print(
              new StatFormat(format, file(task, options, accounts, path, quoted)).expand());
        }
      } catch (PosixException e) {
        String words = system ? "can't read file system information for '" : "can't stat '";
        console.complain(words + path + "'", e);
      }
    }
    return console.code();
  }

  private static StatFormat.Values file(
      Task task, Options options, Accounts accounts, String path, boolean shown)
      throws IOException {
    FileStat stat = options.has('L') ? task.files().stat(path) : task.files().lstat(path);
    String mount = task.files().mounts().of(task.files().locate(path, false).path()).target();
    return new StatFormat.FileValues(task, accounts, path, stat, mount, shown);
  }

  private static StatFormat.Values system(Task task, String path) throws IOException {
    Location location = task.files().locate(path);
    Mounts.Mount mount = task.files().mounts().of(location.path());
    FileTree tree = mount.tree();
    return new StatFormat.SystemValues(path, location.node().stat(), tree.type(), tree.usage());
  }
}
