package io.sockerless.agent.program;

import static io.sockerless.agent.program.Commands.as;
import static io.sockerless.agent.program.Commands.exit;
import static io.sockerless.agent.program.Commands.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockerless.agent.program.posix.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users that a process can run as; most of it needs an agent that is root. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LocalUserTest {

  private static final String IDS =
      "grep -E '^(Uid|Gid|Groups|CapEff|CapPrm)' /proc/self/status | tr '\\t' ' '";

  private static void assumeRoot() {
    assumeTrue(Identity.ownUid() == 0, "the agent is not root");
  }

  @ParameterizedTest
  @CsvSource({
    "1234, 1234, 0",
    "1234:567, 1234, 567",
    "nobody, 65534, 65534",
    "nobody:daemon, 65534, 1",
    ":daemon, 0, 1",
    "root:7, 0, 7"
  })
  void aUserIsTakenOnForGood(String user, int uid, int gid) throws Exception {
    assumeRoot();
    assertThat(output(LocalProcess.start(as(user, IDS))).lines())
        .contains("Uid: %1$d %1$d %1$d %1$d".formatted(uid))
        .contains("Gid: %1$d %1$d %1$d %1$d".formatted(gid))
        .anyMatch(line -> line.strip().equals("Groups: " + gid));
  }

  @Test
  void whoIsNotRootHasNoCapabilities() throws Exception {
    assumeRoot();
    assertThat(output(LocalProcess.start(as("1234", IDS))).lines())
        .contains("CapEff: 0000000000000000", "CapPrm: 0000000000000000");
  }

  @Test
  void theAgentItselfStaysWhoItIs() throws Exception {
    assumeRoot();
    assertThat(exit(LocalProcess.start(as("1234", "true")))).isZero();
    assertThat(Identity.ownUid()).isZero();
    assertThat(output(LocalProcess.start(as("", "id -u")))).isEqualTo("0\n");
  }

  @Test
  void aUserMayOpenItsOwnStreamsOnceMore() throws Exception {
    assumeRoot();
    LocalProcess process = LocalProcess.start(as("1234", "echo o >/dev/stdout; cat /dev/stdin"));
    process.stdin().close();
    assertThat(output(process)).isEqualTo("o\n");
    Command terminal = Commands.of("1234", true, "sh", "-c", "echo t >/dev/tty; stat -c %u $(tty)");
    assertThat(output(LocalProcess.start(terminal))).isEqualTo("t\r\n1234\r\n");
  }

  @Test
  void whatAUserMayNotRunIsRefused(@TempDir Path folder) throws Exception {
    assumeRoot();
    Path hidden = Files.createDirectory(folder.resolve("hidden"));
    Path tool = Files.copy(Path.of("/usr/bin/true"), hidden.resolve("tool"));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> LocalProcess.start(Commands.of("1234", false, tool.toString())))
        .isInstanceOf(CannotStart.class)
        .hasMessage("exec: \"" + tool + "\": permission denied");
  }

  @Test
  void homeComesFromTheUsersEntry() throws Exception {
    assumeRoot();
    Command command =
        new Command(
            List.of("sh", "-c", "echo $HOME"),
            List.of(Commands.PATH),
            "/",
            "daemon",
            false,
            false,
            0,
            0);
    assertThat(output(LocalProcess.start(command))).isEqualTo("/usr/sbin\n");
  }

  @ParameterizedTest
  @CsvSource({
    "nobodyx, unable to find user nobodyx: no matching entries in passwd file",
    "root:nogroupx, unable to find group nogroupx: no matching entries in group file"
  })
  void anUnknownNameIsToldInTheRuntimesWords(String user, String words) {
    assertThatThrownBy(() -> LocalProcess.start(as(user, "true")))
        .isInstanceOf(CannotStart.class)
        .hasMessage(words)
        .extracting(e -> ((CannotStart) e).code())
        .isEqualTo(126);
  }

  @Test
  void supplementaryGroupsAreThoseOfTheGroupFile(@TempDir Path etc) throws Exception {
    Files.writeString(etc.resolve("passwd"), "a:x:5:6::/home/a:/bin/sh\nbroken\n");
    Files.writeString(etc.resolve("group"), "g:x:6:\nh:x:7:b,a\ni:x:8:ab\nj:x:9:a\n");
    Accounts accounts = new Accounts(etc);
    assertThat(accounts.find("a").identity()).isEqualTo(new Identity(5, 6, List.of(6, 7, 9)));
    assertThat(accounts.find("a:i").identity()).isEqualTo(new Identity(5, 8, List.of(8)));
    assertThat(accounts.find("5").home()).isEqualTo("/home/a");
    assertThat(accounts.nameOf(5)).isEqualTo("a");
    assertThat(accounts.nameOf(55)).isEqualTo("55");
  }
}
