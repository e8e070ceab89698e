package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.Documents.flag;
import static io.sockerless.backend.core.Documents.string;

import io.sockerless.backend.core.Signals;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.health.Health;
import io.sockerless.backend.core.health.HealthCheck;
import io.sockerless.backend.core.health.HealthMonitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a health check's command in its container, with the events that Docker gives a command. */
final class HealthProbe implements HealthMonitor.Probe {

  private static final int MAX_OUTPUT = 4096;

  private final ContainerServices services;
  private final LiveContainer container;
  private final ContainerRun.Started running;

  HealthProbe(ContainerServices services, LiveContainer container, ContainerRun.Started running) {
    this.services = services;
    this.container = container;
    this.running = running;
  }

  @Override
  public Health.Result run(HealthCheck check) throws InterruptedException {
    Instant start = ContainerHealth.now(services);
    String id = UUID.randomUUID().toString().replace("-", "");
    String command = String.join(" ", check.command());
    tell("exec_create: " + command, Map.of("execID", id));
    try {
      ContainerProcess process =
          services
              .drivers()
              .exec(running.spec())
              .exec(running.spec(), running.process(), spec(check.command()));
      tell("exec_start: " + command, Map.of("execID", id));
      return await(process, check, start, id);
    } catch (StartFailure e) {
      String output = "OCI runtime exec failed: exec failed: " + e.text() + ": unknown";
      return new Health.Result(start, ContainerHealth.now(services), e.code(), output);
    }
  }

  private Health.Result await(ContainerProcess process, HealthCheck check, Instant start, String id)
      throws InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Thread stdout = collect(process.stdout(), output);
    Thread stderr = collect(process.stderr(), output);
    try {
      int code = process.exit().get(check.timeout().toNanos(), TimeUnit.NANOSECONDS).code();
      stdout.join();
      stderr.join();
      tell("exec_die", Map.of("execID", id, "exitCode", Integer.toString(code)));
      return result(start, code, soFar(output));
    } catch (TimeoutException e) {
      process.signal(Signals.KILL);
      return result(
          start, -1, "Health check exceeded timeout (" + seconds(check) + "): " + soFar(output));
    } catch (ExecutionException e) {
      return result(start, -1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      process.signal(Signals.KILL);
      throw e;
    }
  }

  private Health.Result result(Instant start, int code, String output) {
    return new Health.Result(start, ContainerHealth.now(services), code, output);
  }

  private static String seconds(HealthCheck check) {
    long millis = check.timeout().toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String soFar(ByteArrayOutputStream output) {
    synchronized (output) {
      return output.toString(StandardCharsets.UTF_8);
    }
  }

  private static Thread collect(InputStream stream, ByteArrayOutputStream output) {
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

  private ProcessSpec spec(List<String> command) {
    ContainerRecord record = container.current();
    String directory = string(record.config(), "WorkingDir");
    return new ProcessSpec(
        command,
        Specs.environment(record, false, List.of()),
        directory.isEmpty() ? "/" : directory,
        string(record.config(), "User"),
        false,
        false,
        flag(record.hostConfig(), "Privileged"),
        0,
        0);
  }

  private void tell(String action, Map<String, String> attributes) {
    services.events().publish(container.current(), action, attributes);
  }
}
