package io.sockerless.agent.program;

import static io.sockerless.agent.program.Commands.exit;
import static io.sockerless.agent.program.Commands.output;
import static io.sockerless.agent.program.Commands.readUntil;
import static io.sockerless.agent.program.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Orphans of the agent's processes. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ReaperTest {

  /** Starts one whose parent ends at once. */
  private static int orphan() throws Exception {
    LocalProcess process = LocalProcess.start(shell("(sleep 60 >/dev/null 2>&1 & echo $!)"));
    int pid = Integer.parseInt(output(process).strip());
    assertThat(exit(process)).isZero();
    return pid;
  }

  private static int parent(int pid) {
    return ProcessFiles.of(pid).orElseThrow().parent();
  }

  private static void kill(int pid) throws Exception {
    assertThat(exit(LocalProcess.start(shell("kill -9 " + pid)))).isZero();
  }

  @Test
  void anOrphanBecomesTheAgentsAndLeavesNoZombie() throws Exception {
    try (Reaper reaper = new Reaper()) {
      assertThat(reaper).isNotNull();
      int pid = orphan();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> parent(pid) == ProcessHandle.current().pid());
      kill(pid);
      await().atMost(Duration.ofSeconds(10)).until(() -> Files.notExists(Path.of("/proc/" + pid)));
    }
  }

  @Test
  void theStatusOfWhatIsWaitedForIsNotTaken() throws Exception {
    try (Reaper reaper = new Reaper()) {
      assertThat(reaper).isNotNull();
      List<LocalProcess> processes = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        processes.add(LocalProcess.start(shell("(true &); exit " + i)));
      }
      for (int i = 0; i < 100; i++) {
        assertThat(exit(processes.get(i))).isEqualTo(i);
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> ProcessTable.rows().stream().noneMatch(row -> row.state() == 'Z'));
    }
  }

  @Test
  void aReaperThatIsClosedAdoptsNobody() throws Exception {
    new Reaper().close();
    int pid = orphan();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> parent(pid) != ProcessHandle.current().pid());
    kill(pid);
  }

  @Test
  void signalsArePassedOnUntilTheProcessHasEnded() throws Exception {
    String script = "trap 'exit 7' WINCH; echo ready; while :; do sleep 0.05; done";
    LocalProcess process = LocalProcess.start(shell(script));
    readUntil(process, "ready");
    try (SignalForwarding forwarding = SignalForwarding.to(process)) {
      assertThat(forwarding.names()).contains("HUP", "INT", "TERM", "USR2", "WINCH");
      String itself = "kill -WINCH " + ProcessHandle.current().pid();
      assertThat(exit(LocalProcess.start(shell(itself)))).isZero();
      assertThat(exit(process)).isEqualTo(7);
    }
  }
}
