package io.sockerless.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Whole folders: out of a jar, from one place to another, away. */
final class FileTree {
  private FileTree() {}

  static void unpack(JarFile jar, String prefix, Path target) throws IOException {
    List<JarEntry> entries =
        jar.stream()
            .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
            .toList();
    for (JarEntry entry : entries) {
      Path file = target.resolve(entry.getName().substring(prefix.length()));
      Files.createDirectories(file.getParent());
      try (InputStream content = jar.getInputStream(entry)) {
        Files.copy(content, file);
      }
    }
  }

  static void copy(Path source, Path target, Predicate<Path> wanted) throws IOException {
    for (Path path : paths(source)) {
      if (wanted.test(path)) {
        Files.copy(path, target.resolve(source.relativize(path)));
      }
    }
  }

  /** Puts a finished folder in its place at once, unless another process was faster. */
  static void publish(Path finished, Path target) throws IOException {
    try {
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  static void delete(Path directory) throws IOException {
    for (Path path : paths(directory).reversed()) {
      Files.deleteIfExists(path);
    }
  }

  /** Parents before their children. */
  private static List<Path> paths(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
