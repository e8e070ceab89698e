package io.sockerless.agent.program;

import static io.sockerless.agent.program.Commands.output;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A virtual machine without a locale, as in a container, still knows what it was started with. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class OwnProcessTest {

  /** Prints what it was started with, in ASCII. */
  static final class Program {
    private Program() {}

    /** The virtual machine's entry. */
    public static void main(String[] arguments) throws Exception {
      LocalProcess echo =
          LocalProcess.start(
              new Command(
                  List.of(
                      "sh",
                      "-c",
                      "printf %s \"$NAME$1\" | od -An -tx1 -v",
                      "sh",
                      OwnProcess.arguments(arguments.length).getLast()),
                  OwnProcess.environment(),
                  "/",
                  "",
                  false,
                  false,
                  0,
                  0));
      echo.stdout().transferTo(new FileOutputStream(FileDescriptor.out));
    }
  }

  @Test
  void allButAsciiIsPassedOnWithoutALocale() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Command command =
        new Command(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                "first",
                "日"),
            List.of(Commands.PATH, "HOME=/", "LC_ALL=POSIX", "NAME=é"),
            System.getProperty("user.dir"),
            "",
            false,
            false,
            0,
            0);
    LocalProcess process = LocalProcess.start(command);
    String printed = output(process);
    assertThat(printed.strip())
        .as(new String(process.stderr().readAllBytes(), UTF_8))
        .isEqualTo("c3 a9 e6 97 a5");
  }
}
