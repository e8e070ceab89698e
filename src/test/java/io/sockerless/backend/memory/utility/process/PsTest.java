package io.sockerless.backend.memory.utility.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of tasks as Alpine's BusyBox prints it. */
class PsTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void users() throws IOException {
    ProcessUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeDirectory("/etc", 0755);
    sandbox.withFile("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
  }

  @Test
  void numbersStandRightAndNamesLeft() {
    assertThat(sandbox.run("ps").output())
        .isEqualTo("PID   USER     TIME  COMMAND\n    1 root      0:00 ps\n");
  }

  @Test
  void theOptionsOfOtherKindsOfPsAreTaken() {
    assertThat(sandbox.run("ps", "aux").output()).endsWith("    1 root      0:00 ps aux\n");
    assertThat(sandbox.run("ps", "-ef").output()).endsWith("    1 root      0:00 ps -ef\n");
  }

  @Test
  void columnsAreChosenAndNamed() {
    assertThat(sandbox.run("ps", "-o", "ppid,comm,pid").output())
        .isEqualTo("PPID  COMMAND          PID\n    0 ps                   1\n");
    assertThat(sandbox.run("ps", "-o", "pid=").output()).isEqualTo("    1\n");
    assertThat(sandbox.run("ps", "-o", "user=X,pid").output()).isEqualTo("X PID\nr     1\n");
    assertThat(sandbox.run("ps", "-o", "nosuch").code()).isEqualTo(1);
  }

  @Test
  void whatATaskKeepsIsItsSize() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              task.kernel().memory().charge(3L << 20);
              task.kernel().memory().chargeFiles(5L << 20);
              return Commands.run(task, List.of("ps", "-o", "pid,vsz,rss"));
            },
            "keeper");
    assertThat(result.output()).contains("    1 3072 3072\n");
  }
}
