package io.sockerless.backend.memory.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that clang compiled, {@code src/test/wasm/probe.c}, as a task's program. */
class WasmProgramTest {

  @TempDir static Path cache;

  private final Sandbox sandbox = new Sandbox();
  private Program probe = task -> 1;

  @BeforeEach
  void load() throws IOException {
    try (InputStream module = WasmProgramTest.class.getResourceAsStream("/wasm/probe.wasm")) {
      sandbox.withFile(
          "/bin/probe", 0755, Optional.ofNullable(module).orElseThrow().readAllBytes());
    }
    try (OpenFile file = sandbox.files().open("/bin/probe", OpenMode.READ)) {
      probe = new WasmModules(cache).program(file);
    }
  }

  @Test
  void codeThatAKilledServerWasWritingIsDeleted() throws IOException {
    Path part = Files.createTempFile(cache, "part", ".tmp");
    long compiled = files();
    assertThat(compiled).isGreaterThan(1);
    new WasmModules(cache);
    assertThat(part).doesNotExist();
    assertThat(files()).isEqualTo(compiled - 1);
  }

  private static long files() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.count();
    }
  }

  private Sandbox.Result run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "probe";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return sandbox.run(probe, all);
  }

  @Test
  void aModulePrintsAndEnds() {
    Sandbox.Result result = run("hello");
    assertThat(result.errors()).isEmpty();
    assertThat(result.output()).isEqualTo("hello from probe\n");
    assertThat(result.code()).isZero();
  }

  @Test
  void theExitCodeIsTheModules() {
    assertThat(run("exit", "7").code()).isEqualTo(7);
  }

  @Test
  void anAbortIsATrapWithACodeOfItsOwn() {
    Sandbox.Result result = run("abort");
    assertThat(result.code()).isEqualTo(134);
    assertThat(result.errors()).contains("probe: wasm trap:");
  }

  @Test
  void standardInputReachesItByteForByte() {
    byte[] bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);
    sandbox.withInput(bytes);
    assertThat(run("cat").outputBytes()).isEqualTo(bytes);
  }

  @Test
  void theEnvironmentIsTheTasks() {
    sandbox.withEnvironment("COLOUR", "blue");
    assertThat(run("env", "COLOUR").output()).isEqualTo("blue\n");
  }

  @Test
  void itMakesChangesAndRemovesFilesOfTheContainer() {
    Sandbox.Result result = run("files");
    assertThat(result.errors()).isEmpty();
    assertThat(result.output()).isEqualTo("ne 6 2\n");
  }

  @Test
  void itListsAFolder() {
    sandbox.withFile("/tmp/x", "").withFile("/tmp/y", "");
    assertThat(run("list", "/tmp").output().lines()).contains("x", "y");
  }

  @Test
  void whatIsNotThereFailsWithTheSystemsWords() {
    Sandbox.Result result = run("show", "/nowhere");
    assertThat(result.errors()).isEqualTo("/nowhere: No such file or directory\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void theHostsFilesAreNotThere() throws IOException {
    Path secret = Files.writeString(cache.resolve("secret"), "secret");
    assertThat(run("show", secret.toString()).errors()).contains("No such file or directory");
    assertThat(run("show", "/../../../.." + secret).errors()).contains("No such file");
    assertThat(run("show", "/etc/passwd").errors()).contains("No such file or directory");
  }

  @Test
  void aLinkOutOfTheContainerLeadsNowhere() throws IOException {
    Path secret = Files.writeString(cache.resolve("linked"), "secret");
    sandbox.files().makeLink("../../../../../.." + secret, "/tmp/link");
    assertThat(run("show", "/tmp/link").errors()).contains("No such file or directory");
  }

  @Test
  void itsChecksumIsTheJdks() throws Exception {
    byte[] bytes = new byte[1_000_003];
    new Random(2).nextBytes(bytes);
    String expected = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    sandbox.withInput(bytes);
    assertThat(run("sha256").output()).isEqualTo(expected + "\n");
  }

  @Test
  void moreMemoryThanTheContainerMayUseKillsIt() {
    sandbox.limits().setMemory(64 << 20);
    Sandbox.Result result = run("eat");
    assertThat(result.code()).isEqualTo(137);
    assertThat(sandbox.kernel().memory().isExceeded()).isTrue();
  }

  @Test
  void anEndlessLoopIsKilledAtOnce() {
    Task task = loop();
    long start = System.nanoTime();
    task.signalFromOutside(Signal.KILL);
    assertThat(task.end().join()).isEqualTo(137);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(100));
    await("its thread to end")
        .atMost(Duration.ofSeconds(2))
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("test/1") && thread.isAlive()));
  }

  @Test
  void anEndlessLoopStandsStillWhileTheContainerIsPaused() {
    Task task = loop();
    sandbox.kernel().pause();
    await().until(() -> task.state() != 'R');
    Duration used = task.cpu();
    await()
        .during(Duration.ofMillis(200))
        .until(() -> task.cpu().minus(used).compareTo(Duration.ofMillis(20)) < 0);
    sandbox.kernel().resume();
    await().until(() -> task.cpu().minus(used).compareTo(Duration.ofMillis(50)) > 0);
    task.signalFromOutside(Signal.KILL);
  }

  @Test
  void anEndlessLoopUsesNoMoreOfTheProcessorThanItMay() {
    sandbox.limits().setCpus(0.1);
    Task task = loop();
    await("it to wait").until(() -> task.state() != 'R');
    long start = System.nanoTime();
    Duration used = task.cpu();
    await().until(() -> System.nanoTime() - start > 1_000_000_000);
    double share =
        (double) task.cpu().minus(used).toNanos() / Math.max(System.nanoTime() - start, 1);
    task.signalFromOutside(Signal.KILL);
    assertThat(share).isLessThan(0.25);
  }

  private Task loop() {
    Pipe output = new Pipe();
    Task task = sandbox.start(probe, output.writer(), output.writer(), "probe", "loop");
    await().until(() -> task.cpu().compareTo(Duration.ofMillis(200)) > 0);
    return task;
  }

  @Test
  void compiledCodeIsKeptInAFolder() throws IOException {
    run("hello");
    try (var files = Files.list(cache)) {
      assertThat(files.map(Path::toString)).anyMatch(name -> name.endsWith(".jar"));
    }
  }

  @Test
  void itWaitsForAsLongAsItLikes() {
    long start = System.nanoTime();
    assertThat(run("sleep", "120").code()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(120));
  }
}
