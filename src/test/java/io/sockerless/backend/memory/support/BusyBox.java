package io.sockerless.backend.memory.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The host's own BusyBox in a folder of its own, to compare the sandbox's utilities with. */
public final class BusyBox implements AutoCloseable {

  private static final Path BINARY = Path.of("/usr/bin/busybox");
  private static final int TIMEOUT_SECONDS = 20;

  /** What a utility did. */
  public record Result(String output, String errors, int code) {}

  private final Path folder;

  private BusyBox(Path folder) {
    this.folder = folder;
  }

  /**
   * An empty folder to run utilities in; the test is aborted if the host has no BusyBox, and fails
   * if {@code SOCKERLESS_TEST_REQUIRE_DOCKER} is set.
   */
  public static BusyBox inEmptyFolder() {
    if (!Files.isExecutable(BINARY)) {
      if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
        throw new AssertionError(BINARY + " is needed to compare with");
      }
      Assumptions.abort(BINARY + " is not there: nothing is compared");
    }
    try {
      return new BusyBox(Files.createTempDirectory("busybox").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it runs. */
  public Path folder() {
    return folder;
  }

  /** Runs a utility to its end; the folder's path reads {@code /work} in what it prints. */
  public Result run(Map<String, String> environment, String input, List<String> command) {
    List<String> line = new ArrayList<>(command);
    line.addFirst(BINARY.toString());
    try {
      Path output = Files.createTempFile("busybox", "output");
      Path errors = Files.createTempFile("busybox", "errors");
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The utility has ended without reading all of it, as utilities may.
        assertReadEnough(process);
      }
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command);
      }
      Result result = new Result(take(output), take(errors), process.exitValue());
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertReadEnough(Process process) {
    if (process.isAlive() && !process.onExit().isDone()) {
      process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private String take(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.delete(file);
    return text.replace(folder.toString(), "/work");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
