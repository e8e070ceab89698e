package io.sockerless.backend.memory.utility.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What entry points of images give up root with, and what passes signals on for them. */
class PrivilegesTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void users() throws IOException {
    ProcessUtilities.programs().forEach(sandbox::with);
    TextUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeDirectory("/etc", 0755);
    sandbox.withFile(
        "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:100:App:/home/app:/bin/sh\n");
    sandbox.withFile("/etc/group", "root:x:0:\nusers:x:100:\nwheel:x:10:app,root\n");
  }

  @Test
  void gosuRunsACommandAsAnotherUser() {
    assertThat(sandbox.run("gosu", "app", "id", "-u").output()).isEqualTo("1000\n");
    assertThat(sandbox.run("su-exec", "app:10", "id", "-g").output()).isEqualTo("10\n");
    assertThat(sandbox.run("gosu", "app", "printenv", "HOME").output()).isEqualTo("/home/app\n");
    assertThat(sandbox.run("gosu", "app", "false").code()).isEqualTo(1);
  }

  @Test
  void gosuRefusesAUserThatIsNotThere() {
    Sandbox.Result result = sandbox.run("gosu", "ghost", "id");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.errors())
        .isEqualTo("gosu: unable to find user ghost: no matching entries in passwd file\n");
  }

  @Test
  void setprivChangesUserAndGroups() {
    assertThat(
            sandbox
                .run("setpriv", "--reuid=app", "--regid=users", "--clear-groups", "id", "-G")
                .output())
        .isEqualTo("100\n");
    assertThat(
            sandbox
                .run("setpriv", "--reuid=1000", "--regid=100", "--init-groups", "id", "-G")
                .output())
        .isEqualTo("100 10\n");
    assertThat(sandbox.run("setpriv", "--nnp", "id", "-u").output()).isEqualTo("0\n");
  }

  @Test
  void nobodyButRootBecomesAnother() {
    assertThat(sandbox.run("gosu", "app", "gosu", "root", "id").code()).isEqualTo(1);
    assertThat(sandbox.run("gosu", "app", "setpriv", "--reuid=0", "id").code()).isEqualTo(1);
  }

  @Test
  void aFirstTaskEndsWithItsChildsCode() {
    assertThat(sandbox.run("tini", "--", "false").code()).isEqualTo(1);
    assertThat(sandbox.run("tini", "-e", "1", "--", "false").code()).isEqualTo(0);
    assertThat(sandbox.run("dumb-init", "echo", "-x").output()).isEqualTo("-x\n");
  }

  @Test
  void passwordsAreSetFromLines() throws IOException {
    sandbox.withFile("/etc/shadow", "root:!:1:0:99999:7:::\napp:!:1:0:99999:7:::\n");
    Sandbox.Result result = sandbox.withInput("app:secret\n").run("chpasswd");
    assertThat(result.errors()).isEqualTo("chpasswd: password for 'app' changed\n");
    String hash = sandbox.read("/etc/shadow").lines().toList().getLast().split(":", -1)[1];
    assertThat(hash).startsWith("$6$");
    String salt = hash.split("\\$", -1)[2];
    assertThat(sandbox.run("mkpasswd", "-m", "sha512", "secret", salt).output())
        .isEqualTo(hash + "\n");
    assertThat(sandbox.withInput("ghost:x\n").run("chpasswd").code()).isEqualTo(1);
    assertThat(sandbox.withInput("app\n").run("chpasswd").errors())
        .isEqualTo("chpasswd: missing new password\n");
    sandbox.withInput("app:$6$x\n").run("chpasswd", "-e");
    assertThat(sandbox.read("/etc/shadow")).endsWith("app:$6$x:1:0:99999:7:::\n");
  }

  @Test
  void hintsToSchedulersAreTaken() {
    assertThat(sandbox.run("ionice", "-c", "3", "echo", "a").output()).isEqualTo("a\n");
    assertThat(sandbox.run("taskset", "-c", "0", "echo", "b").output()).isEqualTo("b\n");
    assertThat(sandbox.run("taskset", "0x1", "echo", "c").output()).isEqualTo("c\n");
  }

  @Test
  void rootWithoutThePowersBecomesNobodyElse() {
    assertThat(sandbox.run("setpriv", "--bounding-set=-setuid", "gosu", "app", "id").errors())
        .isEqualTo("gosu: setuid: Operation not permitted\n");
    assertThat(sandbox.run("setpriv", "--bounding-set=-setgid", "su", "app").errors())
        .isEqualTo("su: can't set groups: Operation not permitted\n");
  }

  @Test
  void aPowerThatAUserKeepsOutlivesTheStartOfAProgram() {
    sandbox.with("may", task -> task.files().credentials().can(LinuxCapability.CHOWN) ? 0 : 1);
    assertThat(sandbox.run("setpriv", "--reuid=app", "may").code()).isEqualTo(1);
    assertThat(
            sandbox
                .run("setpriv", "--reuid=app", "--inh-caps=+chown", "--ambient-caps=+chown", "may")
                .code())
        .isEqualTo(0);
    assertThat(sandbox.run("setpriv", "--ambient-caps=+chown", "may").errors())
        .isEqualTo("setpriv: apply capabilities: Operation not permitted\n");
    assertThat(sandbox.run("setpriv", "--bounding-set=-odd", "may").errors())
        .isEqualTo("setpriv: unknown capability \"odd\"\n");
  }

  @Test
  void signalsReachAnotherUsersTasksByAPower() throws IOException {
    sandbox.asChild();
    assertThat(sandbox.run("setpriv", "--bounding-set=-kill", "kill", "-0", "1").code())
        .isEqualTo(0);
    assertThat(sandbox.run("gosu", "app", "kill", "-0", "1").errors())
        .isEqualTo("kill: can't kill pid 1: Operation not permitted\n");
    assertThat(sandbox.run("gosu", "app", "kill", "-0", "-1").code()).isEqualTo(1);
  }

  @Test
  void theHostNameIsChangedByAPower() {
    assertThat(sandbox.run("setpriv", "--bounding-set=-all", "hostname", "new").errors())
        .isEqualTo("hostname: sethostname: Operation not permitted\n");
    assertThat(sandbox.run("hostname", "new").code()).isEqualTo(0);
    assertThat(sandbox.kernel().hostname()).isEqualTo("new");
  }

  @Test
  void whatTheSandboxHasNotIsRefusedAsLinuxRefusesIt() {
    String[] none = {"setpriv", "--bounding-set=-all"};
    assertThat(run(none, "chroot", "/", "id").errors())
        .isEqualTo("chroot: can't change root directory to '/': Operation not permitted\n");
    assertThat(run(none, "dmesg").errors()).isEqualTo("dmesg: klogctl: Operation not permitted\n");
    assertThat(run(none, "mount", "-t", "tmpfs", "none", "/tmp").errors())
        .isEqualTo("mount: permission denied (are you root?)\n");
    assertThat(run(none, "nice", "-n", "-5", "true").errors())
        .isEqualTo("nice: setpriority(-5): Permission denied\n");
    assertThat(sandbox.run("nice", "-n", "-5", "id", "-u").output()).isEqualTo("0\n");
  }

  private Sandbox.Result run(String[] before, String... command) {
    return sandbox.run(Stream.concat(Stream.of(before), Stream.of(command)).toArray(String[]::new));
  }
}
