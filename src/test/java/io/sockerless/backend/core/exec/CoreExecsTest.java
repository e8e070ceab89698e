package io.sockerless.backend.core.exec;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static io.sockerless.backend.core.container.CoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.container.CoreFixture;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Query;
import io.sockerless.stream.Frame;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in containers that run. */
class CoreExecsTest {

  @TempDir Path folder;
  private CoreFixture core;
  private String container;

  @BeforeEach
  void open() {
    core = new CoreFixture(folder);
    container = core.create("c1", "'Cmd':['sleep'],'Env':['A=1','B=2'],'User':'own'");
    core.containers.start(container, call("")).close();
  }

  @AfterEach
  void close() {
    core.close();
  }

  private String create(String document) {
    return core.execs
        .create(container, call("", document))
        .document()
        .asJsonObject()
        .getString("Id");
  }

  private JsonObject inspect(String id) {
    return core.execs.inspect(id, call("")).document().asJsonObject();
  }

  @Test
  void aCommandsOutputAndCodeAreSeen() throws Exception {
    core.processes.on(
        "talk",
        process -> {
          process.out("hi\n");
          return 3;
        });
    String id = create("{'Cmd':['talk','x'],'AttachStdout':true}");
    HijackedStream stream = core.execs.startAttached(id, call("", "{}"));
    assertThat(Frame.read(stream.output()).orElseThrow().payload())
        .isEqualTo("hi\n".getBytes(StandardCharsets.UTF_8));
    assertThat(Frame.read(stream.output())).isEmpty();
    JsonObject ended = inspect(id);
    assertThat(ended.getBoolean("Running")).isFalse();
    assertThat(ended.getInt("ExitCode")).isEqualTo(3);
    assertThat(ended.getJsonObject("ProcessConfig").getString("entrypoint")).isEqualTo("talk");
    assertThat(ended.getJsonObject("ProcessConfig").getJsonArray("arguments")).hasSize(1);
  }

  @Test
  void theCodeIsNullUntilThereIsOne() {
    String id = create("{'Cmd':['sleep']}");
    assertThat(inspect(id).get("ExitCode")).isEqualTo(JsonValue.NULL);
    core.execs.start(id, call("", "{'Detach':true}")).close();
    assertThat(inspect(id).getBoolean("Running")).isTrue();
    assertThat(inspect(id).get("ExitCode")).isEqualTo(JsonValue.NULL);
    assertThat(core.inspect(container).getJsonArray("ExecIDs")).hasSize(1);
  }

  @Test
  void theEndOfInputEndsTheCommandThatReadsIt() throws Exception {
    String id = create("{'Cmd':['cat'],'AttachStdin':true,'AttachStdout':true,'Tty':false}");
    HijackedStream stream = core.execs.startAttached(id, call("", "{}"));
    stream.input().write("typed".getBytes(StandardCharsets.UTF_8));
    stream.closeInput();
    assertThat(text(stream)).endsWith("typed");
    assertThat(inspect(id).getInt("ExitCode")).isZero();
  }

  @Test
  void aCommandThatIsNotThereIsToldInTheStream() throws Exception {
    String id = create("{'Cmd':['nope'],'AttachStdout':true,'Tty':true}");
    HijackedStream stream = core.execs.startAttached(id, call("", "{'Tty':true}"));
    assertThat(text(stream))
        .isEqualTo(
            "OCI runtime exec failed: exec failed: unable to start container process: exec:"
                + " \"nope\": executable file not found in $PATH: unknown\r\n");
    assertThat(inspect(id).getInt("ExitCode")).isEqualTo(127);
  }

  @Test
  void aCommandOfAUserThatIsNotThereWasNeverRun() throws Exception {
    String id = create("{'Cmd':['sleep'],'AttachStdout':true,'User':'nobody-knows'}");
    HijackedStream stream = core.execs.startAttached(id, call("", "{}"));
    assertThat(text(stream)).contains("unable to find user nobody-knows");
    assertThat(inspect(id).getInt("ExitCode")).isEqualTo(126);
  }

  @Test
  void aCommandThatIsNotThereFailsADetachedStart() {
    String id = create("{'Cmd':['nope']}");
    assertThatThrownBy(() -> core.execs.start(id, call("", "{'Detach':true}")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("OCI runtime exec failed");
  }

  @Test
  void aCommandThatNobodyStartedIsForgottenWithTheEndOfItsContainer() {
    String waiting = create("{'Cmd':['sleep']}");
    String ended = create("{'Cmd':['true']}");
    core.execs.start(ended, call("", "{'Detach':true}")).close();
    await().until(() -> inspect(ended).get("ExitCode") != JsonValue.NULL);

    core.containers.kill(container, call("")).close();

    assertThatThrownBy(() -> inspect(waiting))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such exec instance: " + waiting);
    assertThat(inspect(ended).getInt("ExitCode")).isZero();
  }

  @Test
  void noCommandIsKnownLongerThanItsContainer() {
    String running = create("{'Cmd':['sleep']}");
    core.execs.start(running, call("", "{'Detach':true}")).close();
    String ended = create("{'Cmd':['true']}");
    core.execs.start(ended, call("", "{'Detach':true}")).close();
    await().until(() -> inspect(ended).get("ExitCode") != JsonValue.NULL);

    core.containers.remove(container, call("force=1")).close();

    for (String id : List.of(running, ended)) {
      assertThatThrownBy(() -> inspect(id))
          .isInstanceOf(EngineException.NotFound.class)
          .hasMessage("No such exec instance: " + id);
    }
  }

  @Test
  void aCommandRunsOnce() {
    String id = create("{'Cmd':['true']}");
    core.execs.start(id, call("", "{'Detach':true}")).close();
    await().until(() -> inspect(id).get("ExitCode") != JsonValue.NULL);
    assertThatThrownBy(() -> core.execs.start(id, call("", "{'Detach':true}")))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage("Exec command " + id + " has already run");
  }

  @Test
  void theEnvironmentIsTheContainersAndTheCommandsOwn() {
    String id = create("{'Cmd':['sleep'],'Env':['B=3'],'WorkingDir':'/w'}");
    core.execs.start(id, call("", "{'Detach':true}")).close();
    var spec = core.processes.last().spec;
    assertThat(spec.environment()).contains("A=1", "B=3").doesNotContain("B=2");
    assertThat(spec.directory()).isEqualTo("/w");
    assertThat(spec.user()).isEqualTo("own");
  }

  @Test
  void aStoppedContainerRunsNoCommands() {
    core.containers.kill(container, call("")).close();
    assertThatThrownBy(() -> create("{'Cmd':['true']}"))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage("Container " + container + " is not running");
  }

  @Test
  void aPausedContainerRunsNoCommands() {
    core.containers.pause(container, call("")).close();
    assertThatThrownBy(() -> create("{'Cmd':['true']}"))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage("Container " + container + " is paused, unpause the container before exec");
  }

  @Test
  void noCommandIsRefused() {
    assertThatThrownBy(() -> create("{'AttachStdout':true}"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("No exec command specified");
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatThrownBy(() -> core.execs.inspect("nope", call("")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such exec instance: nope");
  }

  @Test
  void eventsTellTheCommandAndItsCode() {
    core.processes.on("four", process -> 4);
    String id = create("{'Cmd':['four','x']}");
    core.execs.start(id, call("", "{'Detach':true}")).close();
    await().until(() -> core.events.contains("container exec_die"));
    assertThat(core.events)
        .containsSubsequence(
            "container exec_create: four x", "container exec_start: four x", "container exec_die");
    assertThat(core.attributes.getLast())
        .containsEntry("execID", id)
        .containsEntry("exitCode", "4");
    await().until(() -> core.inspect(container).get("ExecIDs") == JsonValue.NULL);
  }

  @Test
  void theTerminalHasTheSizeItWasGivenBeforeItsStart() {
    String id = create("{'Cmd':['sleep'],'Tty':true,'ConsoleSize':[24,80]}");
    core.execs.start(id, call("", "{'Detach':true}")).close();
    assertThat(core.processes.last().spec.rows()).isEqualTo(24);
    core.execs.resize(id, call("h=30&w=100")).close();
    assertThat(core.processes.last().told).containsExactly("30x100");
  }

  @Test
  void aDocumentIsReadBeforeItsContainerIsLookedFor() {
    assertThatThrownBy(() -> core.execs.create("nobody", Calls.body("{nonsense")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageContaining("looking for beginning of object key string");
    assertThatThrownBy(() -> core.execs.resize("nobody", call("h=x&w=1")))
        .isInstanceOf(EngineException.InvalidParameter.class);
    assertThatThrownBy(() -> core.execs.start("nobody", Call.of(Query.none())))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }
}
