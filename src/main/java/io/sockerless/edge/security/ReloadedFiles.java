package io.sockerless.edge.security;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Something read from files, and read again when they change, since certificates and keys are
 * renewed under a server that must not restart for it. What cannot be read, or does not fit
 * together, as halfway through a renewal, changes nothing: the last good state stays.
 *
 * @param <T> what is made of the files
 */
final class ReloadedFiles<T> {

  private static final Logger LOG = System.getLogger(ReloadedFiles.class.getName());

  private final List<Path> files;
  private final Reader<T> reader;
  private volatile T current;
  private List<Object> seen;

  /** Makes it of the files. */
  @FunctionalInterface
  interface Reader<T> {
    T read() throws IOException;
  }

  /**
   * Reads the files for the first time.
   *
   * @throws IllegalArgumentException if that fails
   */
  ReloadedFiles(List<Path> files, Reader<T> reader) {
    this.files = List.copyOf(files);
    this.reader = reader;
    this.seen = look();
    try {
      this.current = reader.read();
    } catch (IOException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  /** The last good state. */
  T current() {
    return current;
  }

  /** Reads the files again if they are not those that were read last. One thread at a time. */
  void refresh() {
    List<Object> now = look();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      current = reader.read();
      LOG.log(Level.INFO, "read again: {0}", files);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "{0} changed and the old content stays: {1}", files, reason(e));
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private List<Object> look() {
    return files.stream().map(ReloadedFiles::look).toList();
  }

  /** Tells one state of a file from the next; links are followed, whose target may be replaced. */
  private static Object look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
