package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.driver.ExitStatus;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A container's life, from create to remove. */
class LifecycleTest {

  @TempDir Path folder;
  private CoreFixture core;

  @BeforeEach
  void open() {
    core = new CoreFixture(folder);
  }

  @AfterEach
  void close() {
    core.close();
  }

  private static String conflict(Runnable operation) {
    EngineException error =
        org.assertj.core.api.Assertions.catchThrowableOfType(EngineException.class, operation::run);
    assertThat(error.status()).isEqualTo(409);
    return error.text();
  }

  @Test
  void aWaiterThatCameBeforeTheStartGetsTheExitCode() {
    core.processes.on("seven", process -> 7);
    String id = core.create("c1", "'Cmd':['seven']");
    assertThat(core.finish(id)).isEqualTo(7);
    JsonObject state = core.state(id);
    assertThat(state.getString("Status")).isEqualTo("exited");
    assertThat(state.getInt("ExitCode")).isEqualTo(7);
    assertThat(state.getString("FinishedAt")).isGreaterThan(state.getString("StartedAt"));
  }

  @Test
  void waitForNotRunningAnswersAtOnceWhenNothingRuns() {
    String id = core.create("c1", "'Cmd':['true']");
    Answer answer = core.containers.waitFor(id, call(""));
    assertThat(answer.document().asJsonObject().getInt("StatusCode")).isZero();
  }

  @Test
  void waitForRemovedAnswersTheExitCodeAfterTheRemoval() {
    core.processes.on("seven", process -> 7);
    String id = core.create("c1", "'Cmd':['seven'],'HostConfig':{'AutoRemove':true}");
    Answer removed = core.containers.waitFor(id, call("condition=removed"));
    core.containers.start(id, call("")).close();
    assertThat(removed.document().asJsonObject().getInt("StatusCode")).isEqualTo(7);
    assertThatThrownBy(() -> core.inspect(id)).hasMessage("No such container: " + id);
  }

  @Test
  void theHeadOfAWaitComesBeforeTheEnd() throws Exception {
    String id = core.run("c1", "sleep");
    Answer answer = core.containers.waitFor(id, call(""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().available()).isZero();
    core.containers.kill(id, call("")).close();
    assertThat(answer.document().asJsonObject().getInt("StatusCode")).isEqualTo(137);
  }

  @Test
  void aWaitForWhatIsNotThereIsRefused() {
    assertThatThrownBy(() -> core.containers.waitFor("nope", call("condition=removed")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such container: nope");
  }

  @Test
  void anUnknownWaitConditionIsRefused() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.containers.waitFor(id, call("condition=dead")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid condition: \"dead\"");
  }

  @Test
  void aCommandThatIsNotThereFailsTheStartAndLeavesTheContainerCreated() {
    String id = core.create("c1", "'Cmd':['nope']");
    assertThatThrownBy(() -> core.containers.start(id, call("")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("failed to create task for container: ")
        .hasMessageEndingWith("exec: \"nope\": executable file not found in $PATH: unknown");
    JsonObject state = core.state(id);
    assertThat(state.getString("Status")).isEqualTo("created");
    assertThat(state.getInt("ExitCode")).isEqualTo(127);
    assertThat(state.getString("Error")).contains("executable file not found in $PATH");
  }

  @Test
  void aStartThatFailsRemovesAContainerThatIsToBeRemoved() {
    String id = core.create("c1", "'Cmd':['nope'],'HostConfig':{'AutoRemove':true}");
    assertThatThrownBy(() -> core.containers.start(id, call(""))).hasMessageContaining("nope");
    assertThatThrownBy(() -> core.inspect(id)).hasMessage("No such container: " + id);
  }

  @Test
  void aPortThatIsTakenFailsTheStart() {
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'PortBindings':{'99/tcp':[]}}");
    assertThatThrownBy(() -> core.containers.start(id, call("")))
        .hasMessage("port is already allocated");
    assertThat(core.status(id)).isEqualTo("created");
    assertThat(core.state(id).getInt("ExitCode")).isEqualTo(128);
  }

  @Test
  void aSecondStartIsNotModified() {
    String id = core.run("c1", "sleep");
    assertThat(core.containers.start(id, call("")).status()).isEqualTo(304);
  }

  @Test
  void aKilledContainerReports137() {
    String id = core.run("c1", "sleep");
    core.containers.kill(id, call("")).close();
    assertThat(core.state(id).getInt("ExitCode")).isEqualTo(137);
  }

  @Test
  void aSignalByNameArrives() {
    String id = core.run("c1", "sleep");
    core.containers.kill(id, call("signal=SIGUSR1")).close();
    await().until(() -> core.status(id).equals("exited"));
    assertThat(core.state(id).getInt("ExitCode")).isEqualTo(138);
  }

  @Test
  void anUnknownSignalIsRefused() {
    String id = core.run("c1", "sleep");
    assertThatThrownBy(() -> core.containers.kill(id, call("signal=NOPE")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("cannot kill container: " + id + ": invalid signal: NOPE");
  }

  @Test
  void whatDoesNotRunCannotBeKilled() {
    String id = core.create("c1", "");
    assertThat(conflict(() -> core.containers.kill(id, call(""))))
        .isEqualTo("cannot kill container: " + id + ": container " + id + " is not running");
  }

  @Test
  void stopSendsTheStopSignal() {
    String id = core.create("c1", "'Cmd':['sleep'],'StopSignal':'SIGINT'");
    core.containers.start(id, call("")).close();
    assertThat(core.containers.stop(id, call("")).status()).isEqualTo(204);
    assertThat(core.state(id).getInt("ExitCode")).isEqualTo(130);
  }

  @Test
  void stopKillsWhatDoesNotListen() {
    core.processes.on(
        "deaf",
        process -> {
          process.awaitSignal();
          return process.exit().get().code();
        });
    String id = core.run("c1", "deaf");
    core.containers.stop(id, call("t=0")).close();
    assertThat(core.state(id).getInt("ExitCode")).isEqualTo(137);
  }

  @Test
  void stopOfWhatDoesNotRunIsNotModified() {
    String id = core.create("c1", "");
    assertThat(core.containers.stop(id, call("")).status()).isEqualTo(304);
  }

  @Test
  void eventsComeInDockersOrder() {
    String id = core.run("c1", "sleep");
    core.containers.stop(id, call("")).close();
    core.containers.remove(id, call("")).close();
    assertThat(core.events)
        .containsExactly(
            "container create",
            "network connect",
            "container start",
            "container kill",
            "container die",
            "network disconnect",
            "container stop",
            "container destroy");
  }

  @Test
  void eventsHaveImageNameLabelsAndExitCode() {
    core.processes.on("seven", process -> 7);
    String id = core.create("c1", "'Cmd':['seven'],'Labels':{'own':'b'}");
    core.finish(id);
    List<String> containers = core.events.stream().filter(e -> e.startsWith("container")).toList();
    Map<String, String> die = core.attributes.get(containers.indexOf("container die"));
    assertThat(die)
        .containsEntry("image", "alpine")
        .containsEntry("name", "c1")
        .containsEntry("own", "b")
        .containsEntry("from", "image")
        .containsEntry("exitCode", "7")
        .containsKey("execDuration");
  }

  @Test
  void aContainerKilledForItsMemorySaysSo() {
    String id = core.run("c1", "sleep");
    core.processes.last().end(new ExitStatus(137, true));
    await().until(() -> core.status(id).equals("exited"));
    assertThat(core.state(id).getBoolean("OOMKilled")).isTrue();
    assertThat(core.events).containsSubsequence("container oom", "container die");
  }

  @Test
  void restartStopsAndStarts() {
    String id = core.run("c1", "sleep");
    core.containers.restart(id, call("")).close();
    assertThat(core.status(id)).isEqualTo("running");
    assertThat(core.processes.started).hasSize(2);
    assertThat(core.inspect(id).getInt("RestartCount")).isZero();
    assertThat(core.events)
        .containsSubsequence(
            "container die", "container stop", "container start", "container restart");
  }

  @Test
  void pauseFreezesAndUnpauseLetsGoOn() {
    String id = core.run("c1", "sleep");
    core.containers.pause(id, call("")).close();
    assertThat(core.status(id)).isEqualTo("paused");
    assertThat(core.state(id).getBoolean("Running")).isTrue();
    assertThat(conflict(() -> core.containers.pause(id, call("")))).endsWith("is already paused");
    assertThat(conflict(() -> core.containers.start(id, call(""))))
        .isEqualTo("cannot start a paused container, try unpause instead");
    core.containers.unpause(id, call("")).close();
    assertThat(core.status(id)).isEqualTo("running");
    assertThat(core.processes.last().told).containsExactly("pause", "resume");
    assertThat(conflict(() -> core.containers.unpause(id, call("")))).endsWith("is not paused");
  }

  @Test
  void aRunningContainerIsRemovedOnlyByForce() {
    String id = core.run("c1", "sleep");
    assertThat(conflict(() -> core.containers.remove(id, call(""))))
        .isEqualTo(
            "cannot remove container \"c1\": container is running: stop the container before"
                + " removing or force remove");
    core.containers.remove(id, call("force=1")).close();
    assertThatThrownBy(() -> core.inspect(id)).hasMessage("No such container: " + id);
    assertThat(core.events)
        .containsSubsequence("container kill", "container die", "container destroy");
    assertThat(core.processes.removed).containsExactly(id);
  }

  @Test
  void aRemovedContainerLeavesItsName() {
    String id = core.create("c1", "");
    core.containers.remove(id, call("")).close();
    assertThat(core.create("c1", "")).isNotEqualTo(id);
  }

  @Test
  void volumesWithoutANameGoOnlyIfAskedFor() {
    core.containers.remove(core.create("c1", ""), call("")).close();
    assertThat(core.volumes.removed).isEmpty();
    String id = core.create("c1", "");
    core.containers.remove(id, call("v=1")).close();
    assertThat(core.volumes.removed).containsExactly(id);
  }

  @Test
  void aContainerThatIsToBeRemovedGoesWithItsVolumes() {
    String id = core.create("c1", "'Cmd':['true'],'HostConfig':{'AutoRemove':true}");
    core.containers.start(id, call("")).close();
    await().until(() -> core.events.contains("container destroy"));
    assertThat(core.volumes.removed).containsExactly(id);
    assertThat(folder.resolve("containers").resolve(id)).doesNotExist();
  }

  @Test
  void renameGivesAnotherName() {
    // No beginning of an id, which would be found as well.
    String id = core.create("before", "");
    core.containers.rename("before", call("name=after")).close();
    assertThat(core.inspect("after").getString("Id")).isEqualTo(id);
    assertThat(core.inspect(id).getString("Name")).isEqualTo("/after");
    assertThatThrownBy(() -> core.inspect("before")).hasMessage("No such container: before");
    assertThat(core.attributes.getLast()).containsEntry("oldName", "/before");
  }

  @Test
  void updateChangesLimitsAndTellsTheProcess() {
    String id = core.run("c1", "sleep");
    core.containers.update(id, call("", "{'Memory':67108864,'MemorySwap':67108864}")).close();
    assertThat(core.inspect(id).getJsonObject("HostConfig").getInt("Memory")).isEqualTo(67108864);
    assertThat(core.processes.last().told).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{} | {'Memory':67108864}",
        "{'Memory':67108864,'MemorySwap':-1} | {'Memory':134217728}",
        "{'Memory':67108864} | {'Memory':134217729}"
      })
  void moreMemoryThanMemoryAndSwapIsRefused(String hostConfig, String changes) {
    String id = core.create("c1", "'HostConfig':" + hostConfig);
    assertThatThrownBy(() -> core.containers.update(id, call("", changes)))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage(
            "Cannot update container "
                + id
                + ": Memory limit should be smaller than already set memoryswap limit, update the"
                + " memoryswap at the same time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{} | {'Memory':67108864,'MemorySwap':-1}",
        "{'Memory':67108864,'MemorySwap':-1} | {'CpuShares':2}",
        "{'Memory':67108864} | {'Memory':134217728}"
      })
  void memoryThatFitsIsChanged(String hostConfig, String changes) {
    String id = core.create("c1", "'HostConfig':" + hostConfig);
    core.containers.update(id, call("", changes)).close();
    JsonObject changed = call("", changes).body().document();
    assertThat(core.inspect(id).getJsonObject("HostConfig")).containsAllEntriesOf(changed);
  }

  @Test
  void sharesOfAProcessorBelowNothingAreRefusedByTheStart() {
    String id = core.create("c1", "'HostConfig':{'CpuShares':-5}");
    assertThatThrownBy(() -> core.containers.start(id, call("")))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("shares: invalid argument");
    assertThat(core.state(id).getInt("ExitCode")).isEqualTo(128);
    assertThat(core.state(id).getString("Status")).isEqualTo("created");
  }

  @Test
  void checkpointsAreNotImplemented() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.containers.listCheckpoints(id, call("")))
        .isInstanceOf(EngineException.NotImplemented.class);
  }

  @Test
  void anUpdateThatContradictsWhatThereIsIsRefused() {
    String id = core.create("c1", "'HostConfig':{'NanoCpus':500000000,'Memory':67108864}");
    assertThatThrownBy(() -> core.containers.update(id, call("", "{'CpuPeriod':100000}")))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage(
            "Cannot update container "
                + id
                + ": Conflicting options: CPU Period cannot be updated as NanoCPUs has already been"
                + " set");
    core.containers.update(id, call("", "{'MemoryReservation':134217728}")).close();
    assertThat(core.inspect(id).getJsonObject("HostConfig").getInt("MemoryReservation"))
        .isEqualTo(134217728);
    String ownEnd = core.create("c2", "'HostConfig':{'AutoRemove':true}");
    assertThatThrownBy(
            () -> core.containers.update(ownEnd, call("", "{'RestartPolicy':{'Name':'always'}}")))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage(
            "Cannot update container "
                + ownEnd
                + ": Restart policy cannot be updated because AutoRemove is enabled for the"
                + " container");
  }

  @Test
  void portsThatTheHostsNetworkMakesNeedlessAreWarnedOf() {
    JsonObject answer =
        core.containers
            .create(
                call(
                    "",
                    "{'Image':'alpine','HostConfig':{'NetworkMode':'host','PortBindings':"
                        + "{'80/tcp':[]}}}"))
            .document()
            .asJsonObject();
    assertThat(answer.getJsonArray("Warnings"))
        .hasToString("[\"Published ports are discarded when using host network mode\"]");
  }

  @Test
  void portsArePublishedByTheFirstNetworkThatLetsAnybodyIn() {
    core.networks.outside = false;
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'PortBindings':{'80/tcp':[]}}");
    core.containers.start(id, call("")).close();
    assertThat(ports(id)).isEmpty();
    core.networks.outside = true;
    new ContainerChange(core.services)
        .setNetwork(
            core.services.registry().resolve(id), "open", Optional.of(JsonValue.EMPTY_JSON_OBJECT));
    assertThat(ports(id)).containsOnlyKeys("80/tcp");
  }

  @Test
  void portsArePublishedAsLongAsANetworkLetsAnybodyIn() {
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'PortBindings':{'80/tcp':[]}}");
    core.containers.start(id, call("")).close();
    LiveContainer container = core.services.registry().resolve(id);
    ContainerChange change = new ContainerChange(core.services);
    change.setNetwork(container, "one", Optional.empty());
    assertThat(ports(id)).containsOnlyKeys("80/tcp");
    core.networks.outside = false;
    change.setNetwork(container, "other", Optional.empty());
    assertThat(ports(id)).isEmpty();
    assertThat(core.networks.unpublished).containsExactly(id);
    core.networks.outside = true;
    change.setNetwork(container, "other", Optional.of(JsonValue.EMPTY_JSON_OBJECT));
    assertThat(ports(id)).containsOnlyKeys("80/tcp");
  }

  @Test
  void aStartTakesNoDocument() {
    String id = core.create("c1", "'Cmd':['sleep']");
    Call call = call("", "{'Binds':[]}");
    assertThatThrownBy(() -> core.containers.start(id, call))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(
            "starting container with non-empty request body was deprecated since API v1.22 and"
                + " removed in v1.24");
    core.containers.start(id, call("", "{}")).close();
    assertThat(core.inspect(id).getJsonObject("State").getString("Status")).isEqualTo("running");
  }

  private JsonObject ports(String id) {
    return core.inspect(id).getJsonObject("NetworkSettings").getJsonObject("Ports");
  }

  @Test
  void aLinkedContainerIsKnownByItsHostnameToo() {
    core.create("db", "'Hostname':'fred','Cmd':['sleep']");
    core.containers.start("db", call("")).close();
    String id = core.create("app", "'Cmd':['sleep'],'HostConfig':{'Links':['db:store']}");
    core.containers.start(id, call("")).close();
    assertThat(core.processes.specs.getLast().hosts()).containsOnlyKeys("db", "fred", "store");
  }

  @Test
  void linksAreToldInVariables() {
    core.create("db", "'Cmd':['sleep'],'Env':['A=b'],'ExposedPorts':{'5432/tcp':{},'99/udp':{}}");
    core.containers.start("db", call("")).close();
    core.run("web", "sleep");
    String id = core.create("app", "'Cmd':['sleep'],'HostConfig':{'Links':['db:my-db']}");
    core.containers.start(id, call("")).close();
    String address =
        core.inspect("db")
            .getJsonObject("NetworkSettings")
            .getJsonObject("Networks")
            .getJsonObject("bridge")
            .getString("IPAddress");
    assertThat(core.processes.last().spec.environment())
        .contains(
            "MY_DB_NAME=/app/my-db",
            "MY_DB_PORT=udp://" + address + ":99",
            "MY_DB_PORT_5432_TCP=tcp://" + address + ":5432",
            "MY_DB_PORT_5432_TCP_ADDR=" + address,
            "MY_DB_PORT_5432_TCP_PORT=5432",
            "MY_DB_PORT_5432_TCP_PROTO=tcp",
            "MY_DB_ENV_A=b");
  }

  @Test
  void asMuchSwapIsAllowedAsMemory() {
    core.create("c1", "'HostConfig':{'Memory':67108864}");
    assertThat(core.inspect("c1").getJsonObject("HostConfig").getInt("MemorySwap"))
        .isEqualTo(134217728);
  }

  @Test
  void aContainerThatGoesWithItsEndStaysWhenItIsRestarted() {
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'AutoRemove':true}");
    core.containers.start(id, call("")).close();
    core.containers.restart(id, call("t=0")).close();
    assertThat(core.state(id).getString("Status")).isEqualTo("running");
    core.containers.stop(id, call("t=0")).close();
    await().until(() -> core.containers.list(call("all=1")).document().asJsonArray().isEmpty());
  }

  @RepeatedTest(20)
  void aContainerThatGoesWithItsEndDoesNotGoBeforeWhoRemovesIt() {
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'AutoRemove':true}");
    core.containers.start(id, call("")).close();
    core.containers.remove(id, call("force=1")).close();
    assertThat(core.volumes.removed).doesNotContain(id);
  }

  @Test
  void aContainerIsNotLinkedToOneOnOtherNetworksAlone() {
    String other = core.create("other", "'Cmd':['sleep'],'HostConfig':{'NetworkMode':'own'}");
    core.containers.start(other, call("")).close();
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'Links':['other:db']}");
    assertThatThrownBy(() -> core.containers.start(id, call("")))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("Cannot link to /other, as it does not belong to the default network");
  }

  @Test
  void aContainerIsLinkedToOneThatSharesAnothersNetworks() {
    String owner = core.run("owner", "sleep");
    for (String guest : List.of("guest", "guestsGuest")) {
      String with = guest.equals("guest") ? "owner" : "guest";
      String id =
          core.create(
              guest, "'Cmd':['sleep'],'HostConfig':{'NetworkMode':'container:" + with + "'}");
      core.containers.start(id, call("")).close();
    }
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'Links':['guestsGuest:db']}");
    core.containers.start(id, call("")).close();
    assertThat(core.status(id)).isEqualTo("running");
    assertThat(core.status(owner)).isEqualTo("running");
  }

  @Test
  void aContainerIsNotLinkedToOneThatDoesNotRun() {
    String other = core.create("other", "'Cmd':['sleep']");
    String id = core.create("c1", "'Cmd':['sleep'],'HostConfig':{'Links':['other:db']}");
    assertThatThrownBy(() -> core.containers.start(id, call("")))
        .isInstanceOf(EngineException.Failure.class)
        .hasMessage("Cannot link to a non running container: /other AS /c1/db");
    core.containers.start(other, call("")).close();
    core.containers.start(id, call("")).close();
    assertThat(core.state(id).getString("Status")).isEqualTo("running");
  }
}
