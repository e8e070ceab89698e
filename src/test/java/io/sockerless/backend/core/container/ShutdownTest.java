package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.store.Folders;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of containers when their server is stopped, and what the next one makes of them. */
class ShutdownTest {

  @TempDir Path folder;

  private static void stop(CoreFixture core) {
    core.containers.close();
    core.store.close();
  }

  private static String start(CoreFixture core, String name, String fields) {
    String id = core.create(name, fields);
    core.containers.start(id, call("")).close();
    return id;
  }

  @Test
  void eachGetsItsStopSignalAndKeepsTheCodeThatItEndsWith() {
    CoreFixture before = new CoreFixture(folder);
    String plain = before.run("c1", "sleep");
    String own = start(before, "c2", "'Cmd':['sleep'],'StopSignal':'SIGINT'");
    stop(before);
    assertThat(before.events).contains("container die");
    try (CoreFixture after = new CoreFixture(folder)) {
      assertThat(after.status(plain)).isEqualTo("exited");
      assertThat(after.state(plain).getInt("ExitCode")).isEqualTo(143);
      assertThat(after.state(own).getInt("ExitCode")).isEqualTo(130);
    }
  }

  @Test
  void oneThatDoesNotHeedItIsKilledWhenItsTimeIsUp() {
    CoreFixture before = new CoreFixture(folder);
    before.processes.on(
        "deaf",
        process -> {
          process.awaitSignal();
          return process.awaitSignal();
        });
    String id = start(before, "c1", "'Cmd':['deaf'],'StopTimeout':0");
    stop(before);
    try (CoreFixture after = new CoreFixture(folder)) {
      assertThat(after.state(id).getInt("ExitCode")).isEqualTo(137);
    }
  }

  @Test
  void restartPoliciesStartAgainWhatTheUserDidNotStop() {
    CoreFixture before = new CoreFixture(folder);
    String always =
        start(before, "c1", "'Cmd':['sleep'],'HostConfig':{'RestartPolicy':{'Name':'always'}}");
    String unlessStopped =
        "'Cmd':['sleep'],'HostConfig':{'RestartPolicy':{'Name':'unless-stopped'}}";
    String ran = start(before, "c2", unlessStopped);
    String stopped = start(before, "c3", unlessStopped);
    String never = before.run("c4", "sleep");
    before.containers.stop(stopped, call("")).close();
    stop(before);
    assertThat(before.processes.started).as("none is started again meanwhile").hasSize(4);
    try (CoreFixture after = new CoreFixture(folder)) {
      await().until(() -> after.status(always).equals("running"));
      await().until(() -> after.status(ran).equals("running"));
      assertThat(after.status(stopped)).isEqualTo("exited");
      assertThat(after.status(never)).isEqualTo("exited");
    }
  }

  @Test
  void oneThatWaitsForItsRestartIsStartedByTheNextServer() {
    CoreFixture before = new CoreFixture(folder);
    String id =
        start(before, "c1", "'Cmd':['false'],'HostConfig':{'RestartPolicy':{'Name':'always'}}");
    await().until(() -> before.inspect(id).getInt("RestartCount") > 2);
    await().until(() -> before.status(id).equals("restarting"));
    before.containers.close();
    assertThat(before.status(id)).isEqualTo("exited");
    assertThat(before.state(id).getInt("ExitCode")).isEqualTo(1);
    before.store.close();
    try (CoreFixture after = new CoreFixture(folder)) {
      await().until(() -> !after.processes.started.isEmpty());
    }
  }

  @Test
  void oneThatGoesWithItsEndIsGone() {
    CoreFixture before = new CoreFixture(folder);
    String id = start(before, "c1", "'Cmd':['sleep'],'HostConfig':{'AutoRemove':true}");
    stop(before);
    try (CoreFixture after = new CoreFixture(folder)) {
      assertThat(after.services.registry().find(id)).isEmpty();
    }
  }

  @Test
  void nothingStartsAnyMore() {
    try (CoreFixture core = new CoreFixture(folder)) {
      String id = core.create("c1", "'Cmd':['sleep']");
      core.containers.close();
      assertThatThrownBy(() -> core.containers.start(id, call("")))
          .isInstanceOf(EngineException.Unavailable.class);
    }
  }

  @RepeatedTest(10)
  void nothingIsWrittenAnyMoreOnceItIsClosed() throws IOException {
    CoreFixture core = new CoreFixture(folder);
    core.processes.on("fail", process -> 1);
    for (int i = 0; i < 5; i++) {
      start(core, "c" + i, "'Cmd':['fail'],'HostConfig':{'RestartPolicy':{'Name':'always'}}");
      start(core, "r" + i, "'Cmd':['sleep'],'HostConfig':{'AutoRemove':true}");
    }
    core.close();
    Folders.delete(folder.resolve("containers"));
    await()
        .during(Duration.ofMillis(100))
        .until(() -> Files.notExists(folder.resolve("containers")));
  }
}
