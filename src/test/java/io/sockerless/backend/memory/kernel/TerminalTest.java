package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TerminalTest {

  private final Sandbox sandbox = new Sandbox();
  private final Terminal terminal = new Terminal(sandbox.kernel(), 24, 80);
  private final OpenFile line = terminal.open();

  private void type(String keys) throws IOException {
    terminal.keyboard().write(keys.getBytes(StandardCharsets.UTF_8));
  }

  private String read() throws IOException {
    byte[] bytes = new byte[1_000];
    int count = line.read(bytes, 0, bytes.length);
    return count < 0 ? "(end)" : new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private String screen(int length) throws IOException {
    return new String(terminal.screen().readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void aLineIsHandedOverWholeAndShown() throws IOException {
    type("ab\r");
    assertThat(read()).isEqualTo("ab\n");
    assertThat(screen(4)).isEqualTo("ab\r\n");
  }

  @Test
  void backspaceErasesACharacterOfSeveralBytes() throws IOException {
    type("aä\177b\r");
    assertThat(read()).isEqualTo("ab\n");
  }

  @Test
  void controlUAndControlWEraseALineAndAWord() throws IOException {
    type("all of it\25one two \27three\r");
    assertThat(read()).isEqualTo("one three\n");
  }

  @Test
  void controlDIsTheEndOfAnEmptyLineAndHandsOverAnother() throws IOException {
    type("ab\4\4");
    assertThat(read()).isEqualTo("ab");
    assertThat(read()).isEqualTo("(end)");
  }

  @Test
  void twoLinesAreTwoReads() throws IOException {
    type("a\rb\r");
    assertThat(read()).isEqualTo("a\n");
    assertThat(read()).isEqualTo("b\n");
  }

  @Test
  void aPrintedNewlineGetsACarriageReturn() throws IOException {
    line.write("a\nb\n".getBytes(StandardCharsets.UTF_8), 0, 4);
    assertThat(screen(6)).isEqualTo("a\r\nb\r\n");
  }

  @Test
  void rawInputComesKeyByKeyAndIsNotShown() throws IOException {
    terminal.setSettings(TerminalSettings.RAW);
    type("\3\r");
    assertThat(read() + read()).isEqualTo("\3\r");
  }

  @Test
  void controlCSendsAnInterruptToTheForegroundGroup() throws IOException {
    Pipe output = new Pipe();
    Task task =
        sandbox.start(
            it -> {
              it.setTerminal(terminal);
              Task child =
                  it.fork(inner -> {
                    inner.setGroup(inner.pid());
                    terminal.setForeground(inner.pid());
                    return (int) new FileInput(line).read();
                  });
              return it.waitFor(child);
            },
            output.writer(),
            output.writer(),
            "test");
    Terminal own = new Terminal(sandbox.kernel(), 1, 1);
    assertThat(own.foreground()).isZero();
    await().until(() -> terminal.foreground() == 2);
    sandbox.kernel().processes().signalGroup(terminal.foreground(), Signal.INT);
    assertThat(task.end().join()).isEqualTo(130);
  }

  @Test
  void theScreenEndsWithTheLastTaskThatHasItOpen() throws IOException {
    OpenFile second = terminal.open();
    line.close();
    second.write(new byte[] {'x'}, 0, 1);
    second.close();
    assertThat(terminal.screen().readAllBytes()).containsExactly('x');
  }

  /** As shells do at each prompt, whatever is typed at that moment. */
  @Test
  @Timeout(60)
  void noKeyIsLostOrLateWhereTheSettingsChangeMeanwhile() throws Exception {
    String keys = "abcdefgh";
    TerminalSettings silent = new TerminalSettings(true, false, true, true, true, 1, 0);
    for (int round = 0; round < 20_000; round++) {
      terminal.setSettings(silent);
      CompletableFuture<Void> raw =
          CompletableFuture.runAsync(() -> terminal.setSettings(TerminalSettings.RAW));
      terminal.keyboard().write(keys.getBytes(StandardCharsets.US_ASCII));
      raw.join();
      assertThat(
              new String(new FileInput(line).readNBytes(keys.length()), StandardCharsets.US_ASCII))
          .isEqualTo(keys);
    }
  }
}
