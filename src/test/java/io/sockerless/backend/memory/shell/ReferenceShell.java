package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell of the machine that tests run on, which ours is compared with. */
record ReferenceShell(String name, List<String> command) {

  static final ReferenceShell DASH = new ReferenceShell("dash", List.of("dash"));
  static final ReferenceShell BUSYBOX = new ReferenceShell("busybox", List.of("busybox", "sh"));
  static final ReferenceShell BASH = new ReferenceShell("bash", List.of("bash"));

  /** A build in the background ignores these signals, and so would what it starts. */
  private static final List<String> HEEDING = List.of("env", "--default-signal=INT,QUIT");

  private static final int TIMEOUT_SECONDS = 30;

  boolean isInstalled() {
    return Stream.of("/bin/", "/usr/bin/")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder + command.getFirst())));
  }

  /** Runs a script in an empty folder, with nothing but a path in its environment. */
  Outcome run(ShellCase shellCase) {
    try {
      Path folder = Files.createTempDirectory("shell-case");
      try {
        return run(shellCase, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Outcome run(ShellCase shellCase, Path folder) throws IOException, InterruptedException {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Path input = Files.write(folder.resolve("input"), Text.encode(shellCase.input()));
    List<String> words =
        Stream.of(HEEDING, command, shellCase.arguments()).flatMap(List::stream).toList();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(work.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(name + " does not end: " + shellCase.script());
    }
    return new Outcome(
        Text.decode(Files.readAllBytes(output)),
        process.exitValue(),
        Files.size(errors) > 0,
        Optional.of(Text.decode(Files.readAllBytes(errors))));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** What came of a script; two are equal if a person could not tell them apart but by words. */
  record Outcome(String output, int code, boolean complained, Optional<String> errors) {
    boolean isLike(Outcome other) {
      return output.equals(other.output) && code == other.code && complained == other.complained;
    }

    String describe() {
      return "code " + code + ", output [" + output + "], errors " + errors.orElse("");
    }
  }
}
