package io.sockerless.agent.program;

import static io.sockerless.agent.program.Commands.exit;
import static io.sockerless.agent.program.Commands.output;
import static io.sockerless.agent.program.Commands.readUntil;
import static io.sockerless.agent.program.Commands.shell;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent's processes are started with, and what they leave behind. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LocalProcessTest {

  private static final int STOP = 19;
  private static final int CONTINUE = 18;

  private static char state(int pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  @Test
  void bothOutputsAreApart() throws Exception {
    LocalProcess process = LocalProcess.start(shell("echo out; echo err >&2; exit 3"));
    assertThat(output(process)).isEqualTo("out\n");
    assertThat(process.stderr().readAllBytes()).asString().isEqualTo("err\n");
    assertThat(exit(process)).isEqualTo(3);
  }

  @Test
  void theEndOfInputIsPassedOn() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", false, "cat"));
    process.stdin().write("größe\n".getBytes(UTF_8));
    process.stdin().close();
    assertThat(output(process)).isEqualTo("größe\n");
    assertThat(exit(process)).isZero();
  }

  @Test
  void inputThatIsNotOpenIsTheNullDevice() throws Exception {
    Command command =
        new Command(
            List.of("readlink", "/proc/self/fd/0"),
            List.of(Commands.PATH),
            "/",
            "",
            false,
            false,
            0,
            0);
    assertThat(output(LocalProcess.start(command))).isEqualTo("/dev/null\n");
  }

  @Test
  void argumentsAndTheEnvironmentAreWholeWhateverTheLocale() throws Exception {
    Command command =
        new Command(
            List.of("sh", "-c", "echo \"$1\"; env | sort", "sh", "日本 'a'"),
            List.of(Commands.PATH, "NAME=größe", "HOME=/h"),
            "/",
            "",
            false,
            false,
            0,
            0);
    assertThat(output(LocalProcess.start(command)).lines())
        .contains("日本 'a'", "NAME=größe", "HOME=/h", Commands.PATH)
        .noneMatch(line -> line.startsWith("USER=") || line.startsWith("JAVA"));
  }

  @Test
  void homeIsTheUsersOwnIfNobodyTellsIt() throws Exception {
    Command command =
        new Command(
            List.of("sh", "-c", "echo $HOME"), List.of(Commands.PATH), "", "", false, false, 0, 0);
    assertThat(output(LocalProcess.start(command)).strip())
        .isEqualTo(System.getProperty("user.home"));
  }

  @Test
  void theDirectoryAndTheProcessIdAreAsTold(@TempDir Path folder) throws Exception {
    Command command =
        new Command(
            List.of("sh", "-c", "pwd; echo $$"),
            List.of(Commands.PATH),
            folder.toRealPath().toString(),
            "",
            false,
            false,
            0,
            0);
    LocalProcess process = LocalProcess.start(command);
    assertThat(output(process)).isEqualTo(folder.toRealPath() + "\n" + process.pid() + "\n");
  }

  @Test
  void noOtherDescriptorIsInherited() throws Exception {
    try (InputStream open = Files.newInputStream(Path.of("/etc/passwd"))) {
      assertThat(open.read()).isPositive();
      LocalProcess process = LocalProcess.start(shell("ls /proc/$$/fd"));
      assertThat(output(process).lines()).containsExactly("0", "1", "2");
    }
  }

  @Test
  void noSignalIsBlockedOrIgnored() throws Exception {
    LocalProcess process = LocalProcess.start(shell("grep -E 'Sig(Blk|Ign)' /proc/self/status"));
    assertThat(output(process).lines())
        .containsExactly("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
  }

  @ParameterizedTest
  @CsvSource({"15, 143", "9, 137", "1, 129"})
  void aSignalIsTheExitCode(int signal, int code) throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", false, "sleep", "60"));
    process.signal(signal);
    assertThat(exit(process)).isEqualTo(code);
    process.signal(signal);
  }

  @Test
  void aProcessCanBeStoppedAndGoOn() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", false, "cat"));
    process.signal(STOP);
    await().atMost(Duration.ofSeconds(10)).until(() -> state(process.pid()) == 'T');
    assertThat(process.exit()).isNotDone();
    process.signal(CONTINUE);
    process.stdin().close();
    assertThat(exit(process)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nope        | /    | 127 | exec: "nope": executable file not found in $PATH
          /nope       | /    | 127 | exec: "/nope": stat /nope: no such file or directory
          ./nope      | /etc | 127 | exec: "./nope": stat ./nope: no such file or directory
          /etc/passwd | /    | 126 | exec: "/etc/passwd": permission denied
          /etc        | /    | 126 | exec: "/etc": permission denied
          /etc/passwd/x | /  | 126 | exec: "/etc/passwd/x": stat /etc/passwd/x: not a directory
          true | /nope | 127 | chdir to cwd ("/nope") set in config.json failed: no such file or directory
          true | /etc/passwd | 126 | chdir to cwd ("/etc/passwd") set in config.json failed: not a directory
          """)
  void whatCannotBeStartedIsToldInTheRuntimesWords(
      String command, String directory, int code, String words) {
    Command wrong =
        new Command(List.of(command), List.of(Commands.PATH), directory, "", false, false, 0, 0);
    assertThatThrownBy(() -> LocalProcess.start(wrong))
        .isInstanceOf(CannotStart.class)
        .hasMessage(words)
        .extracting(e -> ((CannotStart) e).code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"'\001\002', 126, exec format error", "'#!/nope', 127, no such file or directory"})
  void whatTheKernelRefusesIsToldInItsWords(
      String content, int code, String words, @TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("x"), content);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> LocalProcess.start(Commands.of("", false, script.toString())))
        .isInstanceOf(CannotStart.class)
        .hasMessage("exec " + script + ": " + words)
        .extracting(e -> ((CannotStart) e).code())
        .isEqualTo(code);
  }

  @Test
  void aProgramIsLookedUpInThePathThatIsGiven(@TempDir Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("own"), "#!/bin/sh\necho own\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Command command =
        new Command(List.of("own"), List.of("PATH=/nope:" + folder), "/", "", false, false, 0, 0);
    assertThat(output(LocalProcess.start(command))).isEqualTo("own\n");
  }

  @Test
  void muchOutputComesWholeThoughItIsReadLate() throws Exception {
    LocalProcess process = LocalProcess.start(shell("head -c 60000 /dev/zero"));
    assertThat(exit(process)).isZero();
    assertThat(process.stdout().readAllBytes()).hasSize(60_000);
  }

  @Test
  void aLargeStreamComesBackAsItWent() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", false, "cat"));
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> {
          byte[] chunk = new byte[70_001];
          try (OutputStream stdin = process.stdin()) {
            for (int i = 0; i < 500; i++) {
              Arrays.fill(chunk, (byte) i);
              sent.update(chunk);
              stdin.write(chunk);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    new DigestInputStream(process.stdout(), received).transferTo(OutputStream.nullOutputStream());
    writing.get(30, TimeUnit.SECONDS);
    assertThat(HexFormat.of().formatHex(received.digest()))
        .isEqualTo(HexFormat.of().formatHex(sent.digest()));
  }

  @Test
  void toWriteToAProcessThatHasEndedFails() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", false, "true"));
    assertThat(exit(process)).isZero();
    assertThatThrownBy(() -> process.stdin().write(new byte[1])).isInstanceOf(IOException.class);
  }

  @Test
  void whoInheritedTheOutputKeepsItOpenOnlyShortly() throws Exception {
    LocalProcess process = LocalProcess.start(shell("sleep 30 & echo $!"));
    long start = System.nanoTime();
    String pid = output(process).strip();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly()).isTrue();
  }

  @Test
  void whatWritesForEverInTheBackgroundDoesNotHoldTheStream() throws Exception {
    LocalProcess process = LocalProcess.start(shell("yes & true"));
    long read = process.stdout().transferTo(OutputStream.nullOutputStream());
    assertThat(read).isPositive();
    assertThat(exit(process)).isZero();
  }

  @Test
  void whatABackgroundProcessWritesInTimeIsRead() throws Exception {
    LocalProcess process = LocalProcess.start(shell("(sleep 0.3; echo late) & echo early"));
    assertThat(output(process)).isEqualTo("early\nlate\n");
  }

  @Test
  void aStreamThatIsClosedWakesWhoReadsIt() throws Exception {
    LocalProcess process = LocalProcess.start(Commands.of("", false, "cat"));
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(() -> {
          try {
            return process.stdout().read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    process.stdout().close();
    assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
    process.signal(9);
    assertThat(exit(process)).isEqualTo(137);
  }

  @Test
  void manyRunAtOnceOnVirtualThreads() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> outputs = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String number = Integer.toString(i);
        outputs.add(
            threads.submit(() -> {
              LocalProcess process = LocalProcess.start(Commands.of("", false, "cat"));
              process.stdin().write(number.getBytes(UTF_8));
              process.stdin().close();
              String output = output(process);
              return output + " " + exit(process);
            }));
      }
      for (int i = 0; i < outputs.size(); i++) {
        assertThat(outputs.get(i).get(50, TimeUnit.SECONDS)).isEqualTo(i + " 0");
      }
    }
  }

  @Test
  void nothingStaysOpenOfWhatHasEnded() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    int before = descriptors.toFile().list().length;
    for (int i = 0; i < 50; i++) {
      LocalProcess process = LocalProcess.start(shell("echo x"));
      assertThat(readUntil(process, "x\n")).isEqualTo("x\n");
      assertThat(process.stdout().read()).isEqualTo(-1);
      assertThat(process.stderr().read()).isEqualTo(-1);
      assertThat(exit(process)).isZero();
    }
    assertThat(descriptors.toFile().list()).hasSizeLessThan(before + 20);
  }
}
