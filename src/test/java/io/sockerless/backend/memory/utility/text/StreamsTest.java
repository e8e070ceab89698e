package io.sockerless.backend.memory.utility.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StreamsTest {

  private static final int MEGABYTE = 1 << 20;

  private static Sandbox sandbox() {
    Sandbox sandbox = new Sandbox();
    TextUtilities.programs().forEach(sandbox::with);
    return sandbox;
  }

  private static Task start(Sandbox sandbox, OpenFile output, String... command) {
    String[] words = command;
    return sandbox.start(
        task -> Optional.ofNullable(TextUtilities.programs().get(words[0])).orElseThrow().run(task),
        output,
        new Pipe().writer(),
        words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "tr a b", "wc", "grep x", "head -c 200000000", "sha256sum", "od"})
  void aStreamThatIsLargerThanTheContainersMemoryPasses(String command) {
    Sandbox sandbox = sandbox();
    sandbox.limits().setMemory(8L * MEGABYTE);
    byte[] line = Text.encode("a".repeat(1023) + "\n");
    byte[] input = new byte[32 * MEGABYTE];
    for (int i = 0; i < input.length; i += line.length) {
      System.arraycopy(line, 0, input, i, line.length);
    }
    sandbox.withInput(input);

    Sandbox.Result result = sandbox.run(command.split(" "));

    assertThat(result.code()).isEqualTo(command.equals("grep x") ? 1 : 0);
    assertThat(sandbox.kernel().memory().used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sort", "tac", "sed :a;N;ba", "jq -s .", "awk {a[NR]=$0}"})
  void whoKeepsMoreThanTheContainersMemoryIsKilled(String command) {
    Sandbox sandbox = sandbox().asChild();
    sandbox.limits().setMemory(MEGABYTE);
    sandbox.withInput("1\n".repeat(4 * MEGABYTE));

    assertThat(sandbox.run(command.split(" ")).code()).isEqualTo(137);
    assertThat(sandbox.kernel().memory().isExceeded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a|aa)+$", "(x+x+)+y", "(a+)+!$"})
  void aTaskThatIsKilledWhileItMatchesEndsAtOnce(String pattern) throws IOException {
    Sandbox sandbox = sandbox().withInput("a".repeat(40) + "x".repeat(40) + "!\n");
    Task task = start(sandbox, new Pipe().writer(), "grep", "-E", pattern);

    task.signalFromOutside(Signal.KILL);

    assertThat(task.end()).as("for everybody else").isCompletedWithValue(137);
    await("the thread to leave the match")
        .untilAsserted(() -> assertThat(threadsOf(sandbox)).isZero());
  }

  private static long threadsOf(Sandbox sandbox) {
    String name = sandbox.kernel().name() + "/1";
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }

  @Test
  void aLoopOfAwkEndsWhenItsTaskIsKilled() throws Exception {
    Task task = start(sandbox(), new Pipe().writer(), "awk", "BEGIN{while(1)x++}");

    task.signalFromOutside(Signal.KILL);

    assertThat(task.end().get(1, TimeUnit.SECONDS)).isEqualTo(137);
  }

  @Test
  void tailFollowsWhatIsAddedToAFile() throws Exception {
    Sandbox sandbox = sandbox().withFile("log", "one\ntwo\n");
    Pipe pipe = new Pipe();
    OpenFile reader = pipe.reader();
    Task task = start(sandbox, pipe.writer(), "tail", "-n", "1", "-s", "0.01", "-f", "log");

    assertThat(read(reader, 4)).isEqualTo("two\n");
    append(sandbox, "log", "three\n");
    assertThat(read(reader, 6)).isEqualTo("three\n");

    task.signalFromOutside(Signal.KILL);
    assertThat(task.end().get(1, TimeUnit.SECONDS)).isEqualTo(137);
  }

  @Test
  void tailByNameFollowsAFileThatTakesTheOldOnesPlace() throws Exception {
    Sandbox sandbox = sandbox().withFile("log", "old\n");
    Pipe pipe = new Pipe();
    OpenFile reader = pipe.reader();
    Task task = start(sandbox, pipe.writer(), "tail", "-s", "0.01", "-F", "log");
    assertThat(read(reader, 4)).isEqualTo("old\n");

    sandbox.withFile("next", "new\n").files().rename("next", "log");

    assertThat(read(reader, 4)).isEqualTo("new\n");
    task.signalFromOutside(Signal.KILL);
  }

  private static String read(OpenFile reader, int length) throws IOException {
    byte[] bytes = new byte[length];
    int count = 0;
    while (count < length) {
      count += reader.read(bytes, count, length - count);
    }
    return Text.decode(bytes);
  }

  private static void append(Sandbox sandbox, String name, String text) throws IOException {
    byte[] bytes = Text.encode(text);
    try (OpenFile file = sandbox.files().open(name, OpenMode.APPEND)) {
      file.write(bytes, 0, bytes.length);
    }
  }

  @Test
  void yesEndsWhenNobodyReads() {
    Sandbox sandbox = sandbox().asChild();
    Pipe pipe = new Pipe();
    try (OpenFile reader = pipe.reader()) {
      Task task = start(sandbox, pipe.writer(), "yes");
      assertThat(read(reader, 4)).isEqualTo("y\ny\n");
      reader.close();
      assertThat(task.end().get(5, TimeUnit.SECONDS)).isNotZero();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
