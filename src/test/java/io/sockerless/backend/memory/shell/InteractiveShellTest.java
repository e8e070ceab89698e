package io.sockerless.backend.memory.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InteractiveShellTest {

  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final Sandbox sandbox = ShellSandbox.create();
  private Terminal terminal;
  private Task task;

  @BeforeEach
  void start() {
    terminal = sandbox.terminal(24, 80);
    task = sandbox.startAtTerminal(new Shell(Dialect.ASH), terminal, "sh");
    Thread.startVirtualThread(this::watch);
    awaitText("/work # ");
  }

  @AfterEach
  void end() throws Exception {
    task.signalFromOutside(Signal.KILL);
    task.end().get(10, TimeUnit.SECONDS);
  }

  private void watch() {
    byte[] block = new byte[1024];
    try (InputStream screen = terminal.screen()) {
      for (int count = screen.read(block); count > 0; count = screen.read(block)) {
        synchronized (seen) {
          seen.write(block, 0, count);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String text() {
    synchronized (seen) {
      return seen.toString(StandardCharsets.UTF_8);
    }
  }

  private void awaitText(String wanted) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(text()).contains(wanted));
  }

  private void type(String keys) throws IOException {
    terminal.keyboard().write(keys.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCommandIsEchoedAndRunAndThePromptComesAgain() throws IOException {
    type("echo hello\r");

    awaitText("echo hello\r\nhello\r\n/work # ");
  }

  @Test
  void theCursorMovesAndCharactersAreErased() throws IOException {
    type("echo abX\u007fc\033[D\033[D-\001\005!\r");

    awaitText("a-bc!\r\n");
  }

  @Test
  void theLineIsErasedToItsEndsAndByWords() throws IOException {
    type("nonsense words\025echo one two\027three\r");

    awaitText("\r\none three\r\n");
  }

  @Test
  void theHistoryGivesLinesAgain() throws IOException {
    type("echo $((40+2))\r");
    awaitText("\r\n42\r\n");
    type("\033[A\b\b\b4))\r");

    awaitText("\r\n44\r\n");
  }

  @Test
  void tabCompletesFilesAndCommands() throws IOException {
    sandbox.withFile("readme.txt", "text of it\n");
    type("hea\tread\t\r");

    awaitText("text of it\r\n");
  }

  @Test
  void controlCAbandonsTheLine() throws IOException {
    type("echo no\003echo $?\r");

    awaitText("\r\n130\r\n");
    assertThat(text()).doesNotContain("\r\nno\r\n");
  }

  @Test
  void controlCEndsTheProgramAndNotTheShell() throws IOException {
    type("sleep 100\r");
    await().until(() -> terminal.foreground() != task.group());
    type("\003");
    type("echo status $?\r");

    awaitText("\r\nstatus 130\r\n");
  }

  @Test
  void controlCEndsALoopOfTheShell() throws IOException {
    type("while :; do :; done\r");
    await().until(() -> terminal.settings().canonical());
    type("\003");
    awaitText("^C");
    type("echo status $?\r");

    awaitText("\r\nstatus 130\r\n");
  }

  @Test
  void controlZStopsTheProgramAndFgLetsItGoOn() throws IOException {
    type("sleep 100\r");
    await().until(() -> terminal.foreground() != task.group());
    type("\032");
    awaitText("Stopped");
    type("fg\r");
    await().until(() -> terminal.foreground() != task.group());
    type("\003");
    type("jobs; echo status $?\r");

    awaitText("\r\nstatus 0\r\n");
  }

  @Test
  void aJobInTheBackgroundIsToldAndListed() throws IOException {
    type("sleep 100 &\r");
    awaitText("[1] ");
    type("jobs\r");

    awaitText("Running");
    type("kill %1; wait; echo done\r");
    awaitText("\r\ndone\r\n");
  }

  @Test
  void anErrorLeavesTheShellAlive() throws IOException {
    type("fi\r");
    awaitText("syntax error");
    type("echo ${x?no}\r");
    awaitText("x: no");
    type("echo still here\r");

    awaitText("\r\nstill here\r\n");
  }

  @Test
  void aCommandOverLinesHasTheSecondPrompt() throws IOException {
    type("for i in 1 2\r");
    awaitText("> ");
    type("do echo line$i; done\r");

    awaitText("line1\r\nline2\r\n");
  }

  @Test
  void controlDEndsTheShell() throws Exception {
    type("(exit 3)\r");
    type("\004");

    assertThat(task.end().get(10, TimeUnit.SECONDS)).isEqualTo(3);
  }
}
