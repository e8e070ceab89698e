package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.value.Filters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server finds that takes over the folder of one that was killed. */
class RecoveryTest {

  @TempDir Path folder;

  /** As a kill leaves it: nothing is settled, the store alone is let go. */
  private static void kill(CoreFixture core) {
    core.store.close();
  }

  @Test
  void whatRanHasEndedWith137() {
    CoreFixture before = new CoreFixture(folder);
    String id = before.run("c1", "sleep");
    kill(before);
    try (CoreFixture after = new CoreFixture(folder)) {
      assertThat(after.status(id)).isEqualTo("exited");
      assertThat(after.state(id).getInt("ExitCode")).isEqualTo(137);
    }
  }

  @Test
  void aRestartPolicyStartsItAgain() {
    CoreFixture before = new CoreFixture(folder);
    String always =
        before.create("c1", "'Cmd':['sleep'],'HostConfig':{'RestartPolicy':{'Name':'always'}}");
    String stopped =
        before.create(
            "c2", "'Cmd':['sleep'],'HostConfig':{'RestartPolicy':{'Name':'unless-stopped'}}");
    before.containers.start(always, call("")).close();
    before.containers.start(stopped, call("")).close();
    before.containers.stop(stopped, call("")).close();
    kill(before);
    try (CoreFixture after = new CoreFixture(folder)) {
      await().until(() -> after.status(always).equals("running"));
      assertThat(after.status(stopped)).isEqualTo("exited");
    }
  }

  @Test
  void whatWasAcknowledgedIsThereAndItsLogToo() {
    CoreFixture before = new CoreFixture(folder);
    before.processes.on(
        "talk",
        process -> {
          process.out("kept\n");
          return 3;
        });
    String id = before.create("c1", "'Cmd':['talk'],'Tty':true");
    before.finish(id);
    String gone = before.create("c2", "");
    before.containers.remove(gone, call("")).close();
    kill(before);
    try (CoreFixture after = new CoreFixture(folder)) {
      assertThat(after.state(id).getInt("ExitCode")).isEqualTo(3);
      assertThat(after.logs(id, "")).isEqualTo("kept\n");
      assertThat(after.services.registry().find(gone)).isEmpty();
    }
  }

  @Test
  void foldersThatBelongToNobodyAreDeletedAndLayersOfCommitsThatNeverEnded() throws IOException {
    Files.createDirectories(folder.resolve("containers/orphan/log"));
    Files.createFile(folder.resolve("containers/commit1.tar"));
    try (CoreFixture core = new CoreFixture(folder)) {
      assertThat(folder.resolve("containers")).isEmptyDirectory();
    }
  }

  @Test
  void everyContainerIsThereAgain() {
    CoreFixture before = new CoreFixture(folder);
    String first = before.create("first", "'Labels':{'few':'1'}");
    ContainerRecord like = before.services.registry().resolve(first).current();
    for (int i = 0; i < 500; i++) {
      before.store.table("containers").put(id(i), copy(like, i).document());
    }
    kill(before);
    try (Store store = Store.open(folder)) {
      ContainerRegistry registry = new ContainerRegistry(store.table("containers"));
      assertThat(registry.all()).hasSize(501);
      assertThat(registry.resolve("name499").id()).isEqualTo(id(499));
    }
  }

  @Test
  void storedContainersAreFoundByTheirLabelsAndRemovedOnesAreNot() {
    CoreFixture before = new CoreFixture(folder);
    String kept = before.create("kept", "'Labels':{'few':'1'}");
    String early = before.create("early", "'Labels':{'few':'1'}");
    String late = before.create("late", "'Labels':{'few':'1'}");
    kill(before);
    try (CoreFixture after = new CoreFixture(folder)) {
      after.containers.remove(early, call("")).close();
      assertThat(labelled(after)).containsExactlyInAnyOrder(kept, late);
      after.containers.remove(late, call("")).close();
      String added = after.create("added", "'Labels':{'few':'1'}");
      assertThat(labelled(after)).containsExactlyInAnyOrder(kept, added);
    }
  }

  private static List<String> labelled(CoreFixture core) {
    Filters few = Filters.of(call("filters={\"label\":[\"few=1\"]}").query(), Set.of("label"));
    return core.services.registry().candidates(few, false).stream().map(LiveContainer::id).toList();
  }

  private static String id(int i) {
    return String.format("%064d", i);
  }

  private static ContainerRecord copy(ContainerRecord like, int i) {
    return new ContainerRecord(
        id(i),
        "name" + i,
        like.created(),
        like.imageId(),
        like.platform(),
        like.config(),
        like.hostConfig(),
        like.mounts(),
        like.networks(),
        like.ports(),
        like.state(),
        0,
        false);
  }

  @Test
  void restartsComeAtGrowingDistances() {
    List<Duration> pauses = new java.util.ArrayList<>();
    Duration pause = Duration.ZERO;
    for (int i = 0; i < 12; i++) {
      pause = RestartPolicy.pause(pause, Duration.ofSeconds(1));
      pauses.add(pause);
    }
    assertThat(pauses).startsWith(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(pauses.getLast()).isEqualTo(Duration.ofMinutes(1));
    assertThat(RestartPolicy.pause(pause, Duration.ofSeconds(10)))
        .isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void onFailureRestartsAsOftenAsItMay() {
    try (CoreFixture core = new CoreFixture(folder)) {
      String id =
          core.create(
              "c1",
              "'Cmd':['false'],'HostConfig':{'RestartPolicy':"
                  + "{'Name':'on-failure','MaximumRetryCount':2}}");
      core.containers.start(id, call("")).close();
      await()
          .until(() ->
              core.status(id).equals("exited") && core.inspect(id).getInt("RestartCount") == 2);
      assertThat(core.processes.started).hasSize(3);
    }
  }

  @Test
  void whatWasStoppedByHandIsNotRestarted() {
    try (CoreFixture core = new CoreFixture(folder)) {
      String id =
          core.create("c1", "'Cmd':['sleep'],'HostConfig':{'RestartPolicy':{'Name':'always'}}");
      core.containers.start(id, call("")).close();
      core.containers.stop(id, call("")).close();
      assertThat(core.status(id)).isEqualTo("exited");
      assertThat(core.processes.started).hasSize(1);
    }
  }

  @Test
  void aStopEndsTheWaitForARestart() {
    try (CoreFixture core = new CoreFixture(folder)) {
      String id =
          core.create("c1", "'Cmd':['false'],'HostConfig':{'RestartPolicy':{'Name':'always'}}");
      core.containers.start(id, call("")).close();
      await().until(() -> core.status(id).equals("restarting"));
      core.containers.stop(id, call("")).close();
      await().until(() -> core.status(id).equals("exited"));
    }
  }
}
