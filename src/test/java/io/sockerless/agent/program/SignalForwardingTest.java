package io.sockerless.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whose signal is whose, in a virtual machine of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SignalForwardingTest {

  private static final int USR2 = 12;
  private static final int SIGNALLED = 128;

  private static final List<String> RECORDED =
      List.of("-XX:StartFlightRecording:settings=profile", "-Xlog:disable");

  /** Passes signals on to a command for as long as it runs, and ends as it does. */
  static final class Program {
    private Program() {}

    /** The virtual machine's entry; its argument is the command. */
    public static void main(String[] arguments) throws Exception {
      LocalProcess process = LocalProcess.start(Commands.shell(arguments[0]));
      try (SignalForwarding forwarding = SignalForwarding.to(process)) {
        if (!forwarding.names().contains(FlightRecording.SIGNAL)) {
          System.exit(1);
        }
        process.stdin().write('\n');
        var exit = process.exit();
        while (!exit.isDone()) {
          // Only a thread that is busy is looked at by a recorder.
          Thread.onSpinWait();
        }
        System.exit(exit.join());
      }
    }
  }

  private static int run(List<String> options, String command) throws Exception {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("--enable-native-access=ALL-UNNAMED");
    java.addAll(options);
    java.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    java.add(command);
    Process process = new ProcessBuilder(java).inheritIO().start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatServersReloadByIsPassedOn() throws Exception {
    assertThat(run(List.of(), "read go; kill -USR2 $PPID; sleep 40")).isEqualTo(SIGNALLED + USR2);
  }

  @Test
  void whatARecordedVirtualMachineSendsItselfIsNotPassedOn() throws Exception {
    assertThat(run(RECORDED, "read go; sleep 3; exit 5")).isEqualTo(5);
  }
}
