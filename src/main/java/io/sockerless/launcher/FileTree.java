package io.sockerless.launcher;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Whole folders: out of a jar, from one place to another, away. */
final class FileTree {
  private FileTree() {}

  /** Writes what the jar has under the prefix; the jars among it without their compression. */
  static void unpack(JarFile jar, String prefix, Path target) throws IOException {
    List<JarEntry> entries =
        jar.stream()
            .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
            .toList();
    for (JarEntry entry : entries) {
      Path file = target.resolve(entry.getName().substring(prefix.length()));
      Files.createDirectories(file.getParent());
      try (InputStream content = jar.getInputStream(entry)) {
        if (entry.getName().endsWith(".jar") || entry.getName().endsWith(".war")) {
          store(content, file);
        } else {
          Files.copy(content, file);
        }
      }
    }
  }

  /** Archives are read at each start, and are inflated but once. */
  private static void store(InputStream archive, Path file) throws IOException {
    try (ZipInputStream in = new ZipInputStream(archive);
        ZipOutputStream out =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setTime(entry.getTime());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(crc.getValue());
        out.putNextEntry(stored);
        out.write(content);
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

  /** Another process may be deleting the same folder: what is gone already is no error. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (error instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw error;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Parents before their children. */
  private static List<Path> paths(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
