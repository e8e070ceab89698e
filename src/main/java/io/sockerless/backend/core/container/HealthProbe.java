package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.driver.CheckResult;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.health.Health;
import io.sockerless.backend.core.health.HealthCheck;
import io.sockerless.backend.core.health.HealthMonitor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs a health check's command in its container, with the events that Docker gives a command. */
final class HealthProbe implements HealthMonitor.Probe {

  /** In the place of an exit code. */
  private static final int TIMED_OUT = -1;

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
    tell("exec_start: " + command, Map.of("execID", id));
    try {
      CheckResult found =
          services
              .drivers()
              .exec(running.spec())
              .check(running.spec(), running.process(), spec(check.command()), check.timeout());
      return result(found, check, start, id);
    } catch (StartFailure e) {
      String output = "OCI runtime exec failed: exec failed: " + e.text() + ": unknown";
      return new Health.Result(start, ContainerHealth.now(services), e.code(), output);
    }
  }

  private Health.Result result(CheckResult found, HealthCheck check, Instant start, String id) {
    Instant end = ContainerHealth.now(services);
    if (found.exitCode().isEmpty()) {
      String told = found.output().isEmpty() ? "" : ": " + found.output();
      return new Health.Result(
          start, end, TIMED_OUT, "Health check exceeded timeout (" + seconds(check) + ")" + told);
    }
    int code = found.exitCode().getAsInt();
    tell("exec_die", Map.of("execID", id, "exitCode", Integer.toString(code)));
    return new Health.Result(start, end, code, found.output());
  }

  private static String seconds(HealthCheck check) {
    long millis = check.timeout().toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private ProcessSpec spec(List<String> command) {
    ContainerRecord record = container.current();
    String directory = string(record.config(), "WorkingDir");
    return new ProcessSpec(
        command,
        Specs.environment(services, record, false, List.of()),
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
