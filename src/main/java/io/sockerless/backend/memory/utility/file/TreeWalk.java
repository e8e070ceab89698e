package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Goes through a folder and all that is in it, in the order of names, however deep it is: the stack
 * is the heap's, and links are followed only as asked.
 */
public final class TreeWalk {

  /** Which links are followed. */
  public enum Links {
    /** None. */
    NEVER,
    /** The one that the walk begins with. */
    FIRST,
    /** All; a folder that is inside of itself is left out. */
    ALWAYS
  }

  /**
   * A file on the way.
   *
   * @param path as it is reached from where the walk begins
   * @param depth 0 for where the walk begins
   */
  public record Entry(String path, FileStat stat, int depth) {}

  /** What is done on the way. */
  public interface Visitor {

    /** Comes to a file, to a folder before what is in it; tells whether to go into the folder. */
    boolean enter(Entry entry) throws IOException;

    /** Leaves a folder that was gone into. */
    default void leave(Entry folder) throws IOException {}

    /** Whether enough was seen. */
    default boolean isDone() {
      return false;
    }

    /** A file cannot be described, or a folder not be listed. */
    void failed(String path, PosixException reason) throws IOException;
  }

  private record Frame(Entry folder, Iterator<String> names) {}

  private final Task task;
  private final Links links;
  private final Visitor visitor;
  private final Deque<Frame> frames = new ArrayDeque<>();

  private TreeWalk(Task task, Links links, Visitor visitor) {
    this.task = task;
    this.links = links;
    this.visitor = visitor;
  }

  /** Goes from a path on. */
  public static void walk(Task task, String path, Links links, Visitor visitor) throws IOException {
    TreeWalk walk = new TreeWalk(task, links, visitor);
    walk.visit(path, 0);
    while (!walk.frames.isEmpty() && !visitor.isDone()) {
      task.checkpoint();
      Frame frame = walk.frames.element();
      if (frame.names().hasNext()) {
        walk.visit(join(frame.folder().path(), frame.names().next()), frame.folder().depth() + 1);
      } else {
        walk.frames.remove();
        visitor.leave(frame.folder());
      }
    }
  }

  /** The path of a name in a folder, without a second slash. */
  public static String join(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /** Describes a file; a link that leads nowhere is the file itself. */
  static FileStat describe(Task task, String path, boolean follow) throws IOException {
    if (follow) {
      try {
        return task.files().stat(path);
      } catch (PosixException e) {
        return task.files().lstat(path);
      }
    }
    return task.files().lstat(path);
  }

  /** The names in a folder in order. */
  public static List<String> names(Task task, String path) throws IOException {
    List<String> names = new ArrayList<>();
    for (DirectoryEntry entry : task.files().list(path)) {
      names.add(entry.name());
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }

  private void visit(String path, int depth) throws IOException {
    FileStat stat;
    try {
      boolean follow = links == Links.ALWAYS || (links == Links.FIRST && depth == 0);
      stat = describe(task, path, follow);
    } catch (PosixException e) {
      visitor.failed(path, e);
      return;
    }
    Entry entry = new Entry(path, stat, depth);
    if (!visitor.enter(entry) || !stat.isDirectory() || isInside(stat)) {
      return;
    }
    List<String> names = List.of();
    try {
      names = names(task, path);
    } catch (PosixException e) {
      visitor.failed(path, e);
    }
    frames.push(new Frame(entry, names.iterator()));
  }

  private boolean isInside(FileStat folder) {
    return links == Links.ALWAYS
        && frames.stream().anyMatch(frame -> frame.folder().stat().isSameFile(folder));
  }
}
