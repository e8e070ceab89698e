package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import java.io.IOException;

/** Takes files away, folders with all that is in them; links are never followed. */
final class FileRemoval {

  private final Console console;
  private final Task task;
  private final boolean recursive;
  private final boolean force;
  private final boolean interactive;

  /**
   * How to remove.
   *
   * @param force what is not there is no failure, and nobody is asked
   * @param interactive somebody is asked about each file
   */
  FileRemoval(Console console, boolean recursive, boolean force, boolean interactive) {
    this.console = console;
    this.task = console.task();
    this.recursive = recursive;
    this.force = force;
    this.interactive = interactive;
  }

  /** Removes a file and complains of what fails. */
  void remove(String path) throws IOException {
    FileStat stat;
    try {
      stat = task.files().lstat(path);
    } catch (PosixException e) {
      boolean missing = e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR;
      if (!missing || !force) {
        console.complain((missing ? "can't remove '" : "can't stat '") + path + "'", e);
      }
      return;
    }
    if (stat.isDirectory() && !recursive) {
      console.complain("'" + path + "' is a directory");
      return;
    }
    TreeWalk.walk(task, path, TreeWalk.Links.NEVER, new Remover());
  }

  private final class Remover implements TreeWalk.Visitor {
    @Override
    public boolean enter(TreeWalk.Entry entry) throws IOException {
      String path = entry.path();
      if (entry.stat().isDirectory()) {
        return !interactive || console.confirm("descend into directory '" + path + "'");
      }
      if (mayRemove(entry)) {
        try {
          task.files().unlink(path);
        } catch (PosixException e) {
          console.complain("can't remove '" + path + "'", e);
        }
      }
      return false;
    }

    private boolean mayRemove(TreeWalk.Entry entry) throws IOException {
      boolean guarded =
          interactive
              || (!force
                  && !entry.stat().isLink()
                  && !task.files().access(entry.path(), 2)
                  && task.descriptors().get(0).isTerminal());
      return !guarded || console.confirm("remove '" + entry.path() + "'");
    }

    @Override
    public void leave(TreeWalk.Entry folder) throws IOException {
      String path = folder.path();
      if (interactive && !console.confirm("remove directory '" + path + "'")) {
        return;
      }
      try {
        task.files().removeDirectory(path);
      } catch (PosixException e) {
        console.complain("can't remove '" + path + "'", e);
      }
    }

    @Override
    public void failed(String path, PosixException reason) throws IOException {
      if (reason.errno() != Errno.ENOENT) {
        console.complain("can't open '" + path + "'", reason);
      }
    }
  }
}
