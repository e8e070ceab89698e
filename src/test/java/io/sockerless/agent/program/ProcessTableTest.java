package io.sockerless.agent.program;

import static io.sockerless.agent.program.Commands.exit;
import static io.sockerless.agent.program.Commands.readUntil;
import static io.sockerless.agent.program.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.agent.program.ProcessTable.Row;
import io.sockerless.agent.program.ProcessTable.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The agent's processes, as {@code ps} and the kernel tell of them. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ProcessTableTest {

  private static Optional<Row> row(int pid) {
    return ProcessTable.rows().stream().filter(row -> row.pid() == pid).findFirst();
  }

  @Test
  void aProcessAndItsChildrenAreToldAndTheAgentIsNot() throws Exception {
    LocalProcess process = LocalProcess.start(shell("sleep 60 & echo $!; read x; kill $!"));
    int child = Integer.parseInt(readUntil(process, "\n").strip());
    Row parent = row(process.pid()).orElseThrow();
    assertThat(parent.parentPid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(parent.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(parent.terminal()).isEqualTo("?");
    assertThat(parent.command()).startsWith("sh", "-c");
    assertThat(parent.started())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    assertThat(row(child).orElseThrow().parentPid()).isEqualTo(process.pid());
    assertThat(row((int) ProcessHandle.current().pid())).isEmpty();
    process.stdin().write('\n');
    process.stdin().close();
    assertThat(exit(process)).isZero();
    assertThat(row(process.pid())).isEmpty();
  }

  @Test
  void theTerminalIsTold() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.terminal("tty; read x"));
    String tty = readUntil(process, "\n").strip();
    assertThat("/dev/" + row(process.pid()).orElseThrow().terminal()).isEqualTo(tty);
    process.signal(9);
    assertThat(exit(process)).isEqualTo(137);
  }

  @Test
  void whatIsUsedIsAddedUpAndStaysCounted() throws Exception {
    Totals before = ProcessTable.totals();
    LocalProcess process =
        LocalProcess.start(
            shell("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; read x"));
    readUntil(process, "done");
    Totals during = ProcessTable.totals();
    assertThat(during.processes()).isGreaterThan(before.processes());
    assertThat(during.memory()).isGreaterThan(before.memory());
    assertThat(during.cpu()).isGreaterThan(before.cpu());
    process.stdin().close();
    exit(process);
    assertThat(ProcessTable.totals().cpu()).isGreaterThanOrEqualTo(during.cpu());
  }

  @Test
  void allAreStoppedAndGoOn() throws Exception {
    LocalProcess process = LocalProcess.start(shell("sleep 60 & echo $!; read x; kill $!; exit 3"));
    int child = Integer.parseInt(readUntil(process, "\n").strip());
    ProcessTable.signalAll(19);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            row(process.pid()).orElseThrow().state() == 'T'
                && row(child).orElseThrow().state() == 'T');
    process.stdin().close();
    assertThat(process.exit()).isNotDone();
    ProcessTable.signalAll(18);
    assertThat(exit(process)).isEqualTo(3);
  }
}
