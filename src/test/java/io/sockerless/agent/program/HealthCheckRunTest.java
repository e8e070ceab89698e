package io.sockerless.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.agent.protocol.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HealthCheckRunTest {

  private static final long LONG = 50_000;

  private static HealthCheckRun run(long timeoutMillis, String... command) throws CannotStart {
    return HealthCheckRun.of(
        new Message.CheckHealth(
            1, List.of(command), List.of(Commands.PATH), "/tmp", "", timeoutMillis));
  }

  @Test
  void theLogIsBothOutputsAndTheCodeTheCommands() throws Exception {
    assertThat(run(LONG, "sh", "-c", "pwd; echo bad >&2; exit 3"))
        .isEqualTo(new HealthCheckRun(3, "/tmp\nbad\n"));
  }

  @Test
  void aCommandThatIsNotDoneInTimeIsKilled() throws Exception {
    assertThat(run(300, "sh", "-c", "echo begun; exec sleep 1000"))
        .isEqualTo(new HealthCheckRun(Message.Health.TIMED_OUT, "begun\n"));
  }

  @Test
  void ofMuchOutputTheBeginningIsKept() throws Exception {
    HealthCheckRun run =
        run(LONG, "sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x; echo more >&2");

    assertThat(run).isEqualTo(new HealthCheckRun(0, "x".repeat(4096)));
  }

  @Test
  void aCommandThatIsNotThereCannotBeStarted() {
    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> run(LONG, "no-such"))
        .extracting(CannotStart::code)
        .isEqualTo(127);
  }
}
