package io.sockerless.backend.memory.utility.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.proc.ProcTree;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What starts, stops and shows processes that go on; words and codes as Debian's BusyBox has them.
 */
class DaemonUtilitiesTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void programs() throws IOException {
    ProcessUtilities.programs().forEach(sandbox::with);
    TextUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeDirectory("/etc", 0755);
    sandbox.files().makeDirectory("/run", 0755);
    sandbox.withFile("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n");
  }

  /** Runs commands one after another beside a process that sleeps. */
  private Sandbox.Result beside(List<String> sleeper, List<List<String>> commands) {
    return sandbox.run(task -> all(task, sleeper, commands), "first");
  }

  private static int all(Task task, List<String> sleeper, List<List<String>> commands)
      throws IOException {
    Task sleeping = task.fork(it -> Commands.execute(it, sleeper));
    while (!sleeping.arguments().equals(sleeper) && !sleeping.hasEnded()) {
      task.sleep(Duration.ofMillis(5));
    }
    int code = 0;
    for (List<String> command : commands) {
      code = Commands.run(task, command);
    }
    sleeping.signal(Signal.KILL);
    return code;
  }

  private static List<String> command(String words) {
    return List.of(words.split(" ", -1));
  }

  @Test
  void whatRunsIsNotStartedAgain() {
    Sandbox.Result result =
        beside(
            command("sleep 30"), List.of(command("start-stop-daemon -S -n sleep -x sleep -- 30")));
    assertThat(result.output()).isEqualTo("sleep is already running\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void whatDoesNotRunIsStartedInItsPlace() {
    assertThat(sandbox.run("start-stop-daemon", "-S", "-x", "echo", "--", "-n", "hi").output())
        .isEqualTo("hi");
  }

  @Test
  void whatRunsIsStopped() {
    Sandbox.Result result =
        beside(command("sleep 30"), List.of(command("start-stop-daemon -K -n sleep")));
    assertThat(result.output()).isEqualTo("stopped sleep (pid 2)\n");
    assertThat(result.code()).isZero();
  }

  @Test
  void theFileOfANumberTellsWhom() {
    sandbox.withFile("/run/it.pid", "2\n");
    Sandbox.Result result =
        beside(command("sleep 30"), List.of(command("start-stop-daemon -K -p /run/it.pid")));
    assertThat(result.output()).isEqualTo("stopped process in pidfile '/run/it.pid' (pid 2)\n");
  }

  @Test
  void whereNothingRunsNothingIsStopped() {
    Sandbox.Result result = sandbox.run("start-stop-daemon", "-K", "-p", "/nosuch");
    assertThat(result.output()).isEqualTo("no process in pidfile '/nosuch' found; none killed\n");
    assertThat(result.code()).isEqualTo(1);
    assertThat(sandbox.run("start-stop-daemon", "-K", "-o", "-q", "-x", "nosuch").code()).isZero();
  }

  @Test
  void inTheBackgroundItsNumberIsInAFile() {
    sandbox.run(
        task -> {
          int code =
              Commands.run(
                  task, command("start-stop-daemon -S -b -m -p /run/it.pid -x sleep -- 30"));
          while (!task.files().exists("/run/it.pid")) {
            task.sleep(Duration.ofMillis(5));
          }
          return code;
        },
        "first");
    assertThat(sandbox.read("/run/it.pid")).matches("[0-9]+\n");
  }

  @Test
  void processesAreATree() {
    Sandbox.Result result =
        beside(command("sleep 30"), List.of(command("pstree"), command("pstree -p 2")));
    assertThat(result.output()).isEqualTo("first-+-pstree\n      `-sleep\nsleep(2)\n");
  }

  @Test
  void equalBranchesAreDrawnOnce() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              Task one = task.fork(it -> Commands.execute(it, command("sleep 30")));
              Task two = task.fork(it -> Commands.execute(it, command("sleep 30")));
              while (one.arguments().size() != 2 || two.arguments().size() != 2) {
                task.sleep(Duration.ofMillis(5));
              }
              int code = Commands.run(task, command("pstree"));
              one.signal(Signal.KILL);
              two.signal(Signal.KILL);
              return code;
            },
            "first");
    assertThat(result.output()).isEqualTo("first-+-pstree\n      `-2*[sleep]\n");
  }

  @Test
  void nobodyHasLoggedIn() {
    assertThat(sandbox.run("who").output()).isEmpty();
    assertThat(sandbox.run("w").output()).isEqualTo("USER\t\tTTY\t\tIDLE\tTIME\t\t HOST\n");
  }

  @Test
  void openFilesAreListedByTheirPathsOrKinds() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              task.files()
                  .mounts()
                  .add("/proc", new ProcTree(task.kernel(), List::of, Map.of()), true);
              task.descriptors().set(8, new Pipe().reader());
              task.descriptors().set(9, task.files().open("/etc/passwd", OpenMode.READ));
              return Commands.run(task, command("lsof -p 1"));
            },
            "first");
    assertThat(result.output())
        .containsPattern("1\\tfirst\\tpipe:\\[[0-9]+]\n")
        .endsWith("1\tfirst\t/etc/passwd\n");
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129", "USR1, 138"})
  void topEndsAtASignalAlsoWhereItIsTheFirstProcess(Signal signal, int code) {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              Thread.startVirtualThread(() -> signalled(task, signal));
              return Commands.execute(task, command("top"));
            },
            "first");
    assertThat(result.code()).isEqualTo(code);
  }

  private static void signalled(Task top, Signal signal) {
    await().until(() -> top.disposition(signal) == Task.Disposition.CATCH);
    top.signalFromOutside(Signal.WINCH);
    top.signalFromOutside(signal);
  }
}
