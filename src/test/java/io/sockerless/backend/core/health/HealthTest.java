package io.sockerless.backend.core.health;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static io.sockerless.backend.core.container.CoreFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.container.CoreFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health checks. */
class HealthTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;

  private static Health.Result result(int code, int second) {
    return new Health.Result(START.plusSeconds(second), START.plusSeconds(second), code, "");
  }

  @Test
  void aTestOfNoneIsNoCheck() {
    assertThat(HealthCheck.of(json("{'Healthcheck':{'Test':['NONE']}}"))).isEmpty();
    assertThat(HealthCheck.of(json("{}"))).isEmpty();
  }

  @Test
  void aShellTestRunsInTheContainersShell() {
    assertThat(HealthCheck.of(json("{'Healthcheck':{'Test':['CMD-SHELL','x y']}}")))
        .get()
        .extracting(HealthCheck::command)
        .hasToString("[/bin/sh, -c, x y]");
    assertThat(
            HealthCheck.of(json("{'Shell':['ash','-c'],'Healthcheck':{'Test':['CMD-SHELL','x']}}")))
        .get()
        .extracting(HealthCheck::command)
        .hasToString("[ash, -c, x]");
  }

  @Test
  void whatIsNotSaidIsDockersDefault() {
    HealthCheck check = HealthCheck.of(json("{'Healthcheck':{'Test':['CMD','x']}}")).orElseThrow();
    assertThat(check.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(check.startPeriod()).isZero();
    assertThat(check.retries()).isEqualTo(3);
  }

  @Test
  void itIsUnhealthyAfterAsManyFailures() {
    HealthCheck check =
        HealthCheck.of(json("{'Healthcheck':{'Test':['CMD','x'],'Retries':2}}")).orElseThrow();
    Health health = Health.starting().after(result(0, 1), check, START);
    assertThat(health.status()).isEqualTo(Health.Status.HEALTHY);
    health = health.after(result(1, 2), check, START);
    assertThat(health.status()).isEqualTo(Health.Status.HEALTHY);
    health = health.after(result(1, 3), check, START);
    assertThat(health.status()).isEqualTo(Health.Status.UNHEALTHY);
    assertThat(health.failures()).isEqualTo(2);
  }

  @Test
  void failuresInTheStartPeriodDoNotCount() {
    HealthCheck check =
        HealthCheck.of(
                json("{'Healthcheck':{'Test':['CMD','x'],'Retries':1,'StartPeriod':10000000000}}"))
            .orElseThrow();
    Health health = Health.starting().after(result(1, 5), check, START);
    assertThat(health.status()).isEqualTo(Health.Status.STARTING);
    assertThat(health.failures()).isZero();
    assertThat(health.after(result(1, 11), check, START).status())
        .isEqualTo(Health.Status.UNHEALTHY);
  }

  @Test
  void theLastFiveResultsAreKept() {
    HealthCheck check = HealthCheck.of(json("{'Healthcheck':{'Test':['CMD','x']}}")).orElseThrow();
    Health health = Health.starting();
    for (int i = 0; i < 9; i++) {
      health = health.after(result(0, i), check, START);
    }
    assertThat(health.results()).hasSize(5);
    assertThat(health.results().getLast().start()).isEqualTo(START.plusSeconds(8));
  }

  @Test
  void aContainerBecomesHealthyThenUnhealthyAndTellsSo() {
    try (CoreFixture core = new CoreFixture(folder)) {
      AtomicInteger code = new AtomicInteger();
      core.processes.on(
          "probe",
          process -> {
            process.out("says");
            return code.get();
          });
      String id =
          core.create(
              "c1",
              "'Cmd':['sleep'],'Healthcheck':{'Test':['CMD','probe'],'Interval':5000000,"
                  + "'Retries':1}");
      core.containers.start(id, call("")).close();
      await().until(() -> health(core, id).equals("healthy"));
      code.set(1);
      await().until(() -> health(core, id).equals("unhealthy"));
      assertThat(core.events)
          .containsSubsequence(
              "container exec_create: probe",
              "container exec_start: probe",
              "container health_status: healthy",
              "container health_status: unhealthy");
      assertThat(
              core.state(id)
                  .getJsonObject("Health")
                  .getJsonArray("Log")
                  .getJsonObject(0)
                  .getString("Output"))
          .isEqualTo("says");
    }
  }

  @Test
  void aCheckThatDoesNotEndInTimeFails() {
    try (CoreFixture core = new CoreFixture(folder)) {
      String id =
          core.create(
              "c1",
              "'Cmd':['sleep'],'Healthcheck':{'Test':['CMD','sleep'],'Interval':5000000,"
                  + "'Timeout':10000000,'Retries':1}");
      core.containers.start(id, call("")).close();
      await().until(() -> health(core, id).equals("unhealthy"));
      assertThat(
              core.state(id)
                  .getJsonObject("Health")
                  .getJsonArray("Log")
                  .getJsonObject(0)
                  .getString("Output"))
          .isEqualTo("Health check exceeded timeout (10ms)");
    }
  }

  private static String health(CoreFixture core, String id) {
    return core.state(id).getJsonObject("Health").getString("Status");
  }
}
