package io.sockerless.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.CRC32;

/**
 * The unpacked application server. No instance changes it and all share it, so it is unpacked once
 * a version, into the user's cache, where what makes the next start faster is kept beside it.
 */
record Installation(Path directory) {
  private static final String ENTRIES = "runtime/";
  private static final String USE = "in-use";

  /** Those of other versions that nobody has used for so long are removed. */
  private static final Duration KEPT = Duration.ofDays(7);

  static Installation of(JarFile jar, Instance instance) throws IOException {
    Path cached = cache().resolve(fingerprint(jar));
    if (Files.isDirectory(cached)) {
      return new Installation(cached);
    }
    try {
      unpackAtOnce(jar, cached);
      removeUnused();
      return new Installation(cached);
    } catch (IOException unusableCache) {
      Path own = instance.directory().resolve("installation");
      FileTree.unpack(jar, ENTRIES, own);
      return new Installation(own);
    }
  }

  private static void unpackAtOnce(JarFile jar, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path part = Files.createTempDirectory(target.getParent(), "part-");
    try {
      FileTree.unpack(jar, ENTRIES, part.resolve("installation"));
      FileTree.publish(part.resolve("installation"), target);
    } finally {
      FileTree.delete(part);
    }
  }

  /**
   * Says to other launchers, while it is held, that the installation is in use; nothing of one that
   * cannot be written.
   */
  Optional<FileLock> hold() throws IOException {
    if (!Files.isWritable(directory)) {
      return Optional.empty();
    }
    Path file = directory.resolve(USE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    return Optional.of(channel.lock(0, Long.MAX_VALUE, true));
  }

  private static void removeUnused() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(cache())) {
      for (Path folder : folders) {
        if (isUnused(folder)) {
          FileTree.delete(folder);
        }
      }
    }
  }

  private static boolean isUnused(Path folder) throws IOException {
    Path file = folder.resolve(USE);
    if (!Files.isRegularFile(file)
        || Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(KEPT))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    }
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("sockerless");
  }

  private static String fingerprint(JarFile jar) {
    CRC32 crc = new CRC32();
    jar.stream()
        .filter(entry -> entry.getName().startsWith(ENTRIES))
        .map(entry -> entry.getName() + ' ' + entry.getCrc() + '\n')
        .forEach(entry -> crc.update(entry.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(crc.getValue());
  }

  /** The jar that runs {@link Server}; its manifest leads to Liberty's own. */
  Path serverJar() {
    return directory.resolve("launcher.jar");
  }

  /** The application; in one place, for what the server learns of it is valid there alone. */
  Path application() {
    return directory.resolve("sockerless.war");
  }

  /**
   * A work area as a stopped server left it; with it the next one need not resolve its features.
   */
  Path workArea() {
    return directory.resolve("workarea");
  }

  /** What servers leave to those after them. */
  ClassCache classCache() {
    return new ClassCache(directory);
  }

  /**
   * Has the JVM use what others have left, or note what to leave. That takes seconds as it ends, so
   * a server is only asked for it once another one has left a work area: it started well and
   * stopped well.
   */
  List<String> jvmOptions() {
    return classCache().jvmOptions(Files.isDirectory(workArea()));
  }
}
