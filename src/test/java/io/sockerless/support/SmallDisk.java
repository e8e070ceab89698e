package io.sockerless.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A disk that is soon full: a file system in memory, which takes the rights of root to make. */
public final class SmallDisk implements AutoCloseable {

  private static final int SECONDS = 20;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Makes one; where that is not allowed, the test is aborted and says so. */
  public static SmallDisk of(int megabytes) {
    try {
      Path folder = Files.createTempDirectory("small-disk");
      int code =
          run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
      assumeTrue(code == 0, "no small disk without the rights to mount one");
      return new SmallDisk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** How many bytes are free. */
  public long free() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes all but some bytes of what is free, until the file that this answers is deleted. */
  public Path fill(long left) {
    try {
      return Files.write(folder.resolve("filler"), new byte[Math.toIntExact(free() - left)]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      // What is open there still goes with its process.
      run("umount", "-l", folder.toString());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
