package io.sockerless.agent.program;

import static io.sockerless.agent.program.Commands.exit;
import static io.sockerless.agent.program.Commands.output;
import static io.sockerless.agent.program.Commands.readUntil;
import static io.sockerless.agent.program.Commands.terminal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A process on a pseudo-terminal of the kernel. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LocalTerminalTest {

  @Test
  void allThreeStreamsAreOneTerminalOfTheSizeThatIsTold() throws Exception {
    LocalProcess process =
        LocalProcess.start(
            terminal("test -t 0 && test -t 1 && test -t 2 && stty size; echo e >&2"));
    assertThat(output(process)).isEqualTo("24 80\r\ne\r\n");
    assertThat(process.stderr().readAllBytes()).isEmpty();
    assertThat(exit(process)).isZero();
  }

  @Test
  void itIsTheControllingTerminal() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("echo hi >/dev/tty; ps -o tty= -p $$; tty"));
    String[] lines = output(process).split("\r\n", -1);
    assertThat(lines[0]).isEqualTo("hi");
    assertThat("/dev/" + lines[1].strip()).isEqualTo(lines[2]);
  }

  @Test
  void whatIsTypedIsEchoed() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("read line; echo \"<$line>\""));
    process.stdin().write("größe\n".getBytes(UTF_8));
    assertThat(output(process)).isEqualTo("größe\r\n<größe>\r\n");
  }

  @Test
  void theInterruptCharacterInterrupts() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("echo ready; exec sleep 60"));
    readUntil(process, "ready");
    process.stdin().write(3);
    assertThat(exit(process)).isEqualTo(130);
    assertThat(output(process)).contains("^C");
  }

  @Test
  void theEndOfFileCharacterEndsTheInput() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("echo ready; cat; echo over"));
    readUntil(process, "ready");
    process.stdin().write(4);
    assertThat(output(process)).contains("over");
    assertThat(exit(process)).isZero();
  }

  @Test
  void aNewSizeIsToldToTheProcess() throws Exception {
    String script = "trap 'stty size; exit 7' WINCH; echo ready; while :; do read x; done";
    LocalProcess process = LocalProcess.start(terminal(script));
    readUntil(process, "ready");
    process.resize(43, 132);
    assertThat(output(process)).contains("43 132");
    assertThat(exit(process)).isEqualTo(7);
    process.resize(1, 1);
  }

  @Test
  void toCloseTheInputDoesNothing() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("echo ready; exec cat"));
    readUntil(process, "ready");
    process.stdin().close();
    process.stdin().write("still\n".getBytes(UTF_8));
    readUntil(process, "still");
    process.signal(9);
    assertThat(exit(process)).isEqualTo(137);
  }

  @RepeatedTest(20)
  void theLastWordsAreNotLost() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("seq 1 3000; printf end"));
    String output = output(process);
    assertThat(output).endsWith("3000\r\nend").startsWith("1\r\n2\r\n");
    assertThat(output.lines()).hasSize(3_001);
  }

  @Test
  void whoKeepsTheTerminalOpenIsNotWaitedForLong() throws Exception {
    LocalProcess process = LocalProcess.start(terminal("trap '' HUP; sleep 30 & echo $!; exit 5"));
    long start = System.nanoTime();
    String pid = output(process).strip();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(process.exit().get(1, TimeUnit.SECONDS)).isEqualTo(5);
    assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  void anInteractiveShellHasJobControl() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", true, "sh", "-i"));
    process.stdin().write("sleep 60\n".getBytes(UTF_8));
    await().atMost(Duration.ofSeconds(20)).until(() -> hasForegroundJob(process.pid()));
    process.stdin().write(3);
    process.stdin().write("echo $((40+2)); exit 9\n".getBytes(UTF_8));
    assertThat(output(process)).contains("42").doesNotContain("no job control", "can't access tty");
    assertThat(exit(process)).isEqualTo(9);
  }

  /** Whether a shell has made another group than its own the terminal's foreground one. */
  private static boolean hasForegroundJob(int shell) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + shell + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    int foreground = Integer.parseInt(fields[5]);
    return foreground > 0 && foreground != shell;
  }
}
