package io.sockerless.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarFile;

/**
 * What one running server has to itself: its configuration, its application, its work area and its
 * log.
 */
record Instance(Path directory) {
  static final String SERVER = "sockerless";

  private static final String PREFIX = "sockerless-instance-";

  /** More than a launcher takes to become a server, which then holds the lock. */
  private static final Duration LAUNCH = Duration.ofMinutes(1);

  static Instance create() throws IOException {
    Instance instance = new Instance(Files.createTempDirectory(PREFIX));
    Files.createFile(lockFile(instance.directory));
    return instance;
  }

  void configure(JarFile jar, Installation installation) throws IOException {
    FileTree.unpack(jar, "server/", configuration());
    Files.writeString(
        configuration().resolve("bootstrap.properties"),
        "sockerless.war=" + installation.application() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Files.createDirectories(workArea().getParent());
    if (Files.isDirectory(installation.workArea())) {
      FileTree.copy(installation.workArea(), workArea(), _ -> true);
    }
  }

  Path userDirectory() {
    return directory.resolve("usr");
  }

  Path outputDirectory() {
    return directory.resolve("output");
  }

  private Path configuration() {
    return userDirectory().resolve("servers").resolve(SERVER);
  }

  private Path workArea() {
    return outputDirectory().resolve(SERVER).resolve("workarea");
  }

  List<String> jvmOptions() {
    return List.of("@" + configuration().resolve("jvm.options"));
  }

  /** Says to other launchers, while it is held, that the instance is in use. */
  FileLock lock() throws IOException {
    return FileChannel.open(lockFile(directory), StandardOpenOption.WRITE).lock();
  }

  /** Gives the installation this instance's work area, unless it has one. */
  void leaveWorkArea(Installation installation) throws IOException {
    if (Files.isDirectory(installation.workArea())) {
      return;
    }
    Path part = Files.createTempDirectory(installation.directory(), "part-");
    try {
      FileTree.copy(workArea(), part.resolve("workarea"), Instance::isOfAnyServer);
      FileTree.publish(part.resolve("workarea"), installation.workArea());
    } finally {
      FileTree.delete(part);
    }
  }

  /** The files {@code .s…} are one server's locks and its key. */
  private static boolean isOfAnyServer(Path file) {
    return !file.getFileName().toString().startsWith(".s");
  }

  void remove() throws IOException {
    FileTree.delete(directory);
  }

  /** Removes what servers left behind that were killed. */
  void removeAbandoned() throws IOException {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(directory.getParent(), PREFIX + "*")) {
      for (Path folder : folders) {
        removeIfAbandoned(folder);
      }
    }
  }

  private void removeIfAbandoned(Path folder) {
    try {
      if (isAbandoned(folder)) {
        FileTree.delete(folder);
      }
    } catch (IOException _) {
      // Another launcher is at it, or it is for its owner to look after.
    }
  }

  private boolean isAbandoned(Path folder) throws IOException {
    return !folder.equals(directory)
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.isRegularFile(lockFile(folder), LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(directory))
        && Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(LAUNCH))
        && !isLocked(folder);
  }

  private static boolean isLocked(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile(folder), StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  private static Path lockFile(Path folder) {
    return folder.resolve("lock");
  }
}
