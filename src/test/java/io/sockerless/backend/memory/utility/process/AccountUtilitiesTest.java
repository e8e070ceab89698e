package io.sockerless.backend.memory.utility.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountUtilitiesTest {

  private final Sandbox sandbox = new Sandbox().asChild();

  @BeforeEach
  void fillTheContainer() throws IOException {
    FileUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeDirectory("/etc", 0755);
    sandbox
        .withFile("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
        .withFile("/etc/group", "root:x:0:\nnogroup:x:65533:\n")
        .withFile("/etc/shadow", "root:*::0:::::\n");
  }

  @Test
  void aUserIsAddedWithAGroupAndAHome() throws IOException {
    assertThat(sandbox.run("adduser", "-D", "bob").code()).isZero();
    assertThat(sandbox.read("/etc/passwd"))
        .endsWith("\nbob:x:1000:1000:Linux User,,,:/home/bob:/bin/sh\n");
    assertThat(sandbox.read("/etc/group")).endsWith("\nbob:x:1000:\n");
    assertThat(sandbox.read("/etc/shadow")).contains("\nbob:!:");
    assertThat(sandbox.files().stat("/home/bob").uid()).isEqualTo(1000);
    assertThat(sandbox.run("id", "bob").output())
        .isEqualTo("uid=1000(bob) gid=1000(bob) groups=1000(bob)\n");
  }

  @Test
  void aSystemUserHasNoShellAndALowNumber() {
    sandbox.run("addgroup", "-S", "app");
    sandbox.run("adduser", "-S", "-D", "-H", "-G", "app", "app");
    assertThat(sandbox.read("/etc/passwd"))
        .endsWith("\napp:x:101:100:Linux User,,,:/home/app:/sbin/nologin\n");
    assertThat(sandbox.files().exists("/home/app")).isFalse();
  }

  @Test
  void debiansToolsDoTheSame() {
    sandbox.run("groupadd", "-r", "-g", "300", "web");
    sandbox.run("useradd", "-r", "-u", "301", "-g", "web", "-d", "/srv", "-s", "/bin/false", "web");
    assertThat(sandbox.read("/etc/passwd")).endsWith("\nweb:x:301:300::/srv:/bin/false\n");
  }

  @Test
  void aNameIsTakenOnce() {
    assertThat(sandbox.run("adduser", "-D", "root").errors())
        .isEqualTo("adduser: user 'root' in use\n");
    assertThat(sandbox.run("addgroup", "root").code()).isEqualTo(1);
  }

  @Test
  void aUserJoinsAGroupAndLeavesIt() {
    sandbox.run("adduser", "-D", "bob");
    sandbox.run("addgroup", "bob", "nogroup");
    assertThat(sandbox.run("id", "-Gn", "bob").output()).isEqualTo("bob nogroup\n");
    sandbox.run("delgroup", "bob", "nogroup");
    assertThat(sandbox.run("groups", "bob").output()).isEqualTo("bob\n");
  }

  @Test
  void aUserIsRemovedWithItsHome() {
    sandbox.run("adduser", "-D", "bob");
    assertThat(sandbox.run("deluser", "--remove-home", "bob").code()).isZero();
    assertThat(sandbox.read("/etc/passwd")).doesNotContain("bob");
    assertThat(sandbox.read("/etc/group")).doesNotContain("bob");
    assertThat(sandbox.files().exists("/home/bob")).isFalse();
  }

  @Test
  void entriesAreFound() {
    assertThat(sandbox.run("getent", "passwd", "root").output())
        .isEqualTo("root:x:0:0:root:/root:/bin/sh\n");
    assertThat(sandbox.run("getent", "group", "nosuch").code()).isEqualTo(2);
  }

  @Test
  void whoHasNoNameIsAnErrorWithTheNumber() {
    Sandbox.Result result = sandbox.run("setpriv", "--reuid=4321", "--regid=4322", "id", "-un");
    assertThat(result.output()).isEqualTo("4321\n");
    assertThat(result.errors()).isEqualTo("id: unknown ID 4321\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void rootRunsWhatAnotherUserWould() {
    sandbox.run("adduser", "-D", "-s", "/bin/id", "bob");
    assertThat(sandbox.run("su", "bob").output()).startsWith("uid=1000(bob)");
  }

  @Test
  void optionsForSuMayStandBehindTheUser() {
    sandbox.run("adduser", "-D", "-s", "/bin/false", "bob");
    assertThat(sandbox.run("su", "bob", "-p", "-s", "/bin/id", "--", "-u", "-n").output())
        .isEqualTo("bob\n");
  }
}
