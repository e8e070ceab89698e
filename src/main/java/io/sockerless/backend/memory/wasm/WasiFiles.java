package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a module has open. Its numbers 0 to 2 are the task's; 3 is the container's root, under which
 * every path of the module begins.
 */
final class WasiFiles {

  /** The number of the root folder. */
  static final int ROOT = 3;

  /**
   * Something that is open.
   *
   * @param path of a folder, absolute
   * @param rights as they were asked for, for whoever asks again
   */
  record Opened(Optional<OpenFile> file, Optional<String> path, int flags, long rights) {}

  private final SortedMap<Integer, Opened> entries = new TreeMap<>();

  WasiFiles() {
    entries.put(ROOT, new Opened(Optional.empty(), Optional.of("/"), 0, -1L));
  }

  void set(int number, Opened opened) {
    entries.put(number, opened);
  }

  int add(Opened opened) {
    int number = ROOT + 1;
    while (entries.containsKey(number)) {
      number++;
    }
    entries.put(number, opened);
    return number;
  }

  Opened get(int number) throws IOException {
    Opened opened = entries.get(number);
    if (opened == null) {
      throw Errno.EBADF.exception();
    }
    return opened;
  }

  OpenFile file(int number) throws IOException {
    return get(number).file().orElseThrow(Errno.EISDIR::exception);
  }

  String folder(int number) throws IOException {
    return get(number).path().orElseThrow(Errno.ENOTDIR::exception);
  }

  /** The path that a module means by a folder and a path in it. */
  String resolve(int number, String path) throws IOException {
    String folder = folder(number);
    return folder.equals("/") ? "/" + path : folder + "/" + path;
  }

  void close(int number) throws IOException {
    Opened opened = get(number);
    entries.remove(number);
    if (opened.file().isPresent()) {
      opened.file().get().close();
    }
  }

  void renumber(int from, int to) throws IOException {
    Opened opened = get(from);
    if (from != to) {
      close(to);
      entries.remove(from);
      entries.put(to, opened);
    }
  }

  void closeAll() throws IOException {
    for (int number : entries.keySet().toArray(Integer[]::new)) {
      close(number);
    }
  }
}
