package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Strings;
import java.io.IOException;
import java.util.List;

/**
 * Where {@code cp} and {@code mv} put what they are given.
 *
 * @param isFolder whether each source keeps its name there
 */
record Destination(String path, boolean isFolder, List<String> sources) {

  /** Tells whether a source is a folder. */
  @FunctionalInterface
  interface FolderTest {
    /** Fails if the source is not there. */
    boolean isFolder(String source) throws IOException;
  }

  private enum There {
    NOTHING,
    FILE,
    FOLDER
  }

  /** Copies the list. */
  Destination {
    sources = List.copyOf(sources);
  }

  /** Reads the operands, {@code -t} and {@code -T}. */
  static Destination of(Task task, Options options, FolderTest test) throws IOException {
    if (options.value('t').isPresent()) {
      List<String> sources = options.operands(1, Integer.MAX_VALUE);
      return new Destination(options.value('t').get(), true, sources);
    }
    List<String> operands = options.operands(2, options.has('T') ? 2 : Integer.MAX_VALUE);
    String last = operands.getLast();
    List<String> sources = operands.subList(0, operands.size() - 1);
    if (sources.size() > 1) {
      return new Destination(last, true, sources);
    }
    boolean sourceIsFolder = test.isFolder(sources.getFirst());
    There there = look(task, last);
    if (options.has('T')) {
      if (there == There.FOLDER && !sourceIsFolder) {
        throw new Failure("'" + last + "' is a directory");
      }
      return new Destination(last, false, sources);
    }
    boolean keepsName = there == There.FOLDER || (sourceIsFolder && there == There.FILE);
    return new Destination(last, keepsName, sources);
  }

  private static There look(Task task, String path) throws IOException {
    try {
      return task.files().stat(path).isDirectory() ? There.FOLDER : There.FILE;
    } catch (PosixException e) {
      return There.NOTHING;
    }
  }

  /** The path of one source there. */
  String of(String source) {
    return isFolder ? TreeWalk.join(path, Strings.lastName(source)) : path;
  }
}
