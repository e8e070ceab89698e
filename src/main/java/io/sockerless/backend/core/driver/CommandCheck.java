package io.sockerless.backend.core.driver;

import io.sockerless.backend.core.value.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A health check that is a command like any other: waits for it, and keeps what it says. */
final class CommandCheck {

  /** As much as Docker keeps, in bytes. */
  private static final int MAX_OUTPUT = 4096;

  private final ContainerProcess process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private CommandCheck(ContainerProcess process) {
    this.process = process;
  }

  static CheckResult await(ContainerProcess process, Duration timeout) throws InterruptedException {
    return new CommandCheck(process).await(timeout);
  }

  private CheckResult await(Duration timeout) throws InterruptedException {
    Thread stdout = collect(process.stdout());
    Thread stderr = collect(process.stderr());
    try {
      int code = process.exit().get(timeout.toNanos(), TimeUnit.NANOSECONDS).code();
      stdout.join();
      stderr.join();
      return new CheckResult(OptionalInt.of(code), soFar());
    } catch (TimeoutException e) {
      process.signal(Signals.KILL);
      return new CheckResult(OptionalInt.empty(), soFar());
    } catch (ExecutionException e) {
      return new CheckResult(OptionalInt.empty(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      process.signal(Signals.KILL);
      throw e;
    }
  }

  private String soFar() {
    synchronized (output) {
      return output.toString(StandardCharsets.UTF_8);
    }
  }

  private Thread collect(InputStream stream) {
    return Thread.ofVirtual()
        .name("health output")
        .start(() -> {
          byte[] buffer = new byte[1024];
          try (stream) {
            int count;
            while ((count = stream.read(buffer, 0, buffer.length)) >= 0) {
              synchronized (output) {
                output.write(buffer, 0, Math.min(count, MAX_OUTPUT - output.size()));
              }
            }
          } catch (IOException e) {
            // The process was killed; what it wrote is there.
            return;
          }
        });
  }
}
