package io.sockerless.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Temporary files of tests that outlive a test, which go with the process. */
public final class Scratch {

  private static final Queue<Path> MADE = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> MADE.forEach(Scratch::delete)));
  }

  private Scratch() {}

  /** An empty folder. */
  public static Path folder(String name) throws IOException {
    return noted(Files.createTempDirectory(name));
  }

  /** An empty file. */
  public static Path file(String name, String suffix) throws IOException {
    return noted(Files.createTempFile(name, suffix));
  }

  private static Path noted(Path made) {
    MADE.add(made);
    return made;
  }

  private static void delete(Path made) {
    try (Stream<Path> all = Files.walk(made)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // A server that is still ending writes there, and there is nobody left to be told.
    }
  }
}
