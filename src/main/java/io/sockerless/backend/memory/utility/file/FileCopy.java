package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies files and folders to where they are to be, for {@code cp}, {@code mv} between file systems
 * and {@code install}. Names that are one file stay one file where links are not followed.
 */
final class FileCopy {

  /** What is done other than to copy contents alone. */
  enum Rule {
    /** Folders are copied with what is in them. */
    RECURSIVE,
    /** Mode, owner and times are kept. */
    PRESERVE,
    /** What cannot be written to is removed first. */
    FORCE,
    /** Somebody is asked before a file is replaced. */
    INTERACTIVE,
    /** What is there stays. */
    KEEP,
    /** What is there and not older stays. */
    UPDATE,
    /** A hard link takes the place of a copy. */
    HARD_LINK,
    /** A symbolic link takes the place of a copy. */
    SYMBOLIC_LINK,
    /** Each copy is told. */
    VERBOSE
  }

  private static final int BUFFER = 65_536;

  private record Identity(long device, long inode) {
    static Identity of(FileStat stat) {
      return new Identity(stat.device(), stat.inode());
    }
  }

  private final Console console;
  private final Task task;
  private final Set<Rule> rules;
  private final TreeWalk.Links links;
  private final Map<Identity, String> copied = new HashMap<>();
  private final List<FileStat> made = new ArrayList<>();

  FileCopy(Console console, Set<Rule> rules, TreeWalk.Links links) {
    this.console = console;
    this.task = console.task();
    this.rules = rules;
    this.links = links;
  }

  /**
   * Copies a file to exactly that path, and complains of what fails.
   *
   * @return whether all of it is there now
   */
  boolean copy(String source, String target) throws IOException {
    Copier copier = new Copier(source, target);
    TreeWalk.walk(task, source, links, copier);
    return copier.complete;
  }

  private boolean has(Rule rule) {
    return rules.contains(rule);
  }

  private Optional<FileStat> find(String path, boolean follow) throws IOException {
    try {
      return Optional.of(follow ? task.files().stat(path) : task.files().lstat(path));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private final class Copier implements TreeWalk.Visitor {
    private final String source;
    private final String target;
    private boolean complete = true;

    Copier(String source, String target) {
      this.source = source;
      this.target = target;
    }

    private String targetOf(TreeWalk.Entry entry) {
      if (entry.depth() == 0) {
        return target;
      }
      String below = entry.path().substring(source.length());
      return TreeWalk.join(target, below.startsWith("/") ? below.substring(1) : below);
    }

    private void complain(String subject, PosixException reason) throws IOException {
      console.complain(subject, reason);
      complete = false;
    }

    private void complain(String message) throws IOException {
      console.complain(message);
      complete = false;
    }

    @Override
    public boolean enter(TreeWalk.Entry entry) throws IOException {
      String to = targetOf(entry);
      boolean follow =
          links == TreeWalk.Links.ALWAYS || (links == TreeWalk.Links.FIRST && entry.depth() == 0);
      if (follow && entry.stat().isLink()) {
        complain("can't stat '" + entry.path() + "'", Errno.ENOENT.exception());
        return false;
      }
      Optional<FileStat> there;
      try {
        there = find(to, true);
      } catch (PosixException e) {
        complain("can't stat '" + to + "'", e);
        return false;
      }
      if (there.filter(entry.stat()::isSameFile).isPresent() && !entry.stat().isDirectory()) {
        complain("'" + entry.path() + "' and '" + to + "' are the same file");
        return false;
      }
      if (entry.stat().isDirectory()) {
        return enterFolder(entry, to, there);
      }
      copyFile(entry, to, there);
      return false;
    }

    private boolean enterFolder(TreeWalk.Entry entry, String to, Optional<FileStat> there)
        throws IOException {
      if (!has(Rule.RECURSIVE)) {
        complain("omitting directory '" + entry.path() + "'");
        return false;
      }
      if (made.stream().anyMatch(entry.stat()::isSameFile)) {
        complain("recursion detected, omitting directory '" + entry.path() + "'");
        return false;
      }
      if (there.isPresent()) {
        if (!there.get().isDirectory()) {
          complain("target '" + to + "' is not a directory");
          return false;
        }
        made.add(there.get());
        return !there.get().isSameFile(entry.stat());
      }
      try {
        task.files().makeDirectory(to, entry.stat().mode() | 0700);
        made.add(task.files().lstat(to));
        tell(entry, to);
        return true;
      } catch (PosixException e) {
        complain("can't create directory '" + to + "'", e);
        return false;
      }
    }

    @Override
    public void leave(TreeWalk.Entry folder) throws IOException {
      String to = targetOf(folder);
      if (has(Rule.PRESERVE)) {
        preserve(folder, to);
        return;
      }
      boolean narrowed = (folder.stat().mode() & 0700) != 0700;
      if (narrowed) {
        task.files().setMode(to, folder.stat().mode() & ~task.files().umask());
      }
    }

    @Override
    public void failed(String path, PosixException reason) throws IOException {
      complain("can't stat '" + path + "'", reason);
    }

    private void copyFile(TreeWalk.Entry entry, String to, Optional<FileStat> there)
        throws IOException {
      if (there.isPresent() && !mayReplace(entry, to, there.get())) {
        return;
      }
      if (there.filter(FileStat::isDirectory).isPresent()) {
        complain("'" + to + "' is a directory");
        return;
      }
      try {
        if (!link(entry, to)) {
          make(entry, to);
        }
        tell(entry, to);
      } catch (PosixException e) {
        complain("can't create '" + to + "'", e);
      }
    }

    private boolean mayReplace(TreeWalk.Entry entry, String to, FileStat there) throws IOException {
      if (has(Rule.KEEP)) {
        return false;
      }
      if (has(Rule.UPDATE) && !there.modified().isBefore(entry.stat().modified())) {
        return false;
      }
      return !has(Rule.INTERACTIVE) || console.confirm("overwrite '" + to + "'");
    }

    /** Makes a link where that is wanted, or where the file was copied under another name. */
    private boolean link(TreeWalk.Entry entry, String to) throws IOException {
      if (has(Rule.SYMBOLIC_LINK) || has(Rule.HARD_LINK)) {
        if (has(Rule.FORCE)) {
          removeIfThere(to);
        }
        if (has(Rule.SYMBOLIC_LINK)) {
          task.files().makeLink(entry.path(), to);
        } else {
          task.files().hardLink(entry.path(), to);
        }
        return true;
      }
      if (links == TreeWalk.Links.ALWAYS || entry.stat().links() < 2) {
        return false;
      }
      String before = copied.putIfAbsent(Identity.of(entry.stat()), to);
      if (before == null) {
        return false;
      }
      removeIfThere(to);
      task.files().hardLink(before, to);
      return true;
    }

    private void removeIfThere(String path) throws IOException {
      if (find(path, false).isPresent()) {
        task.files().unlink(path);
      }
    }

    private void make(TreeWalk.Entry entry, String to) throws IOException {
      FileStat stat = entry.stat();
      boolean asFile = stat.isRegular() || !(has(Rule.RECURSIVE) || stat.isLink());
      if (asFile) {
        copyContents(entry, to);
      } else {
        removeIfThere(to);
        if (stat.isLink()) {
          task.files().makeLink(task.files().readLink(entry.path()), to);
        } else {
          task.files().makeNode(to, stat.type(), stat.mode(), stat.deviceNumber());
        }
      }
      if (has(Rule.PRESERVE)) {
        preserve(entry, to);
      }
    }

    private void copyContents(TreeWalk.Entry entry, String to) throws IOException {
      OpenFile in;
      try {
        in = task.files().open(entry.path(), OpenMode.READ);
      } catch (PosixException e) {
        complain("can't open '" + entry.path() + "'", e);
        return;
      }
      try (in;
          OpenFile out = create(to, entry.stat().mode())) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer, 0, BUFFER); read >= 0; read = in.read(buffer, 0, BUFFER)) {
          task.checkpoint();
          out.write(buffer, 0, read);
        }
      }
    }

    private OpenFile create(String to, int mode) throws IOException {
      try {
        return task.files().create(to, OpenMode.WRITE, mode & 0777, false);
      } catch (PosixException e) {
        if (!has(Rule.FORCE) || find(to, false).isEmpty()) {
          throw e;
        }
        task.files().unlink(to);
        return task.files().create(to, OpenMode.WRITE, mode & 0777, true);
      }
    }

    private void preserve(TreeWalk.Entry entry, String to) throws IOException {
      FileStat stat = entry.stat();
      boolean link = stat.type() == FileType.SYMLINK;
      int mode = stat.mode();
      try {
        task.files().setOwner(to, stat.uid(), stat.gid(), false);
      } catch (PosixException e) {
        console.complain("can't preserve ownership of '" + to + "'", e);
        mode &= ~06000;
      }
      if (!link) {
        task.files().setMode(to, mode);
      }
      task.files().setTimes(to, stat.accessed(), stat.modified(), false);
    }

    private void tell(TreeWalk.Entry entry, String to) throws IOException {
      if (has(Rule.VERBOSE)) {
        console.output().printLine("'" + entry.path() + "' -> '" + to + "'");
      }
    }
  }
}
