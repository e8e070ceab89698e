package io.sockerless.example.machines;

import io.sockerless.backend.core.driver.ContainerSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The machine that a container had last, by its process: a server that was killed leaves its
 * machines running, and two of one container would share its files.
 */
record LeftMachine(Path file) {

  static LeftMachine of(ContainerSpec container) {
    return new LeftMachine(container.folder().resolve("machine"));
  }

  /** With the time of its start, since the system gives a process's number to others later. */
  void note(ProcessHandle process) throws IOException {
    Files.writeString(file, process.pid() + " " + started(process));
  }

  private static Instant started(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Ends it, if it runs. */
  void end() {
    try {
      if (Files.exists(file)) {
        String[] noted = Files.readString(file).split(" ", 2);
        Optional<ProcessHandle> left =
            ProcessHandle.of(Long.parseLong(noted[0]))
                .filter(process -> started(process).toString().equals(noted[1]));
        left.ifPresent(process -> {
          process.destroyForcibly();
          process.onExit().join();
        });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
