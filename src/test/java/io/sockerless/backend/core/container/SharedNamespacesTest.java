package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedNamespacesTest {

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

  private String joining(String mode, String other) {
    return core.create(
        "guest", "'Cmd':['sleep'],'HostConfig':{'%s':'container:%s'}".formatted(mode, other));
  }

  private void refusesToStart(String id, String message) {
    assertThatThrownBy(() -> core.containers.start(id, call("")))
        .isInstanceOfSatisfying(
            EngineException.Failure.class, error -> assertThat(error.status()).isEqualTo(500))
        .hasMessage(message);
    assertThat(core.state(id).getString("Error")).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PidMode", "IpcMode", "NetworkMode"})
  void theOtherIsKeptByItsId(String mode) {
    String other = core.create("owner", "");
    String id = joining(mode, "owner");
    assertThat(core.inspect(id).getJsonObject("HostConfig").getString(mode))
        .isEqualTo("container:" + other);
  }

  @Test
  void theProcessesOfAContainerThatDoesNotRunAreNotJoined() {
    String other = core.create("owner", "");
    String id = joining("PidMode", "owner");
    refusesToStart(id, "container " + other + " is not running");
    core.containers.remove(other, call("")).close();
    refusesToStart(
        id,
        "cannot join PID of a non running container: %1$s: No such container: %1$s"
            .formatted(other));
  }

  @Test
  void theProcessesOfOneThatRunsAre() {
    core.run("owner", "sleep");
    String id = joining("PidMode", "owner");
    core.containers.start(id, call("")).close();
    assertThat(core.status(id)).isEqualTo("running");
  }

  @Test
  void aRestartThatFailsSaysThatItWasOne() {
    String other = core.create("owner", "");
    joining("PidMode", "owner");
    assertThatThrownBy(() -> core.containers.restart("guest", call("")))
        .hasMessage("Cannot restart container guest: container " + other + " is not running");
  }

  @Test
  void memoryThatIsPrivateIsNotJoined() {
    String other = core.run("owner", "sleep");
    refusesToStart(
        joining("IpcMode", "owner"),
        "can't join IPC of container "
            + other
            + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
  }
}
