package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.Signals;
import io.sockerless.backend.core.driver.ContainerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Hands what a command prints to the build's client as it comes. */
final class CommandOutput {

  private static final int PIECE = 32 * 1024;

  private final ContainerProcess process;
  private final Thread standard;
  private final Thread errors;
  private volatile Optional<IOException> failure = Optional.empty();

  CommandOutput(ContainerProcess process, BuildOutput output) {
    this.process = process;
    standard =
        Thread.ofVirtual().name("build stdout").start(() -> copy(process.stdout(), output::text));
    errors =
        Thread.ofVirtual().name("build stderr").start(() -> copy(process.stderr(), output::error));
  }

  @FunctionalInterface
  private interface Sink {
    void text(String text) throws IOException;
  }

  /** A client that has left has no use for what goes on. */
  private void copy(InputStream stream, Sink sink) {
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      char[] piece = new char[PIECE];
      for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
        sink.text(new String(piece, 0, count));
      }
    } catch (IOException e) {
      failure = Optional.of(e);
      process.signal(Signals.KILL);
    }
  }

  /** Waits until all has been handed on. */
  void awaitEnd() throws IOException {
    try {
      standard.join();
      errors.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
