package io.sockerless.backend.memory.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunAsTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void files() throws IOException {
    sandbox.files().makeDirectory("/etc", 0755);
    sandbox.withFile(
        "/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:100:App:/home/app:/bin/sh\n");
    sandbox.withFile("/etc/group", "root:x:0:\nusers:x:100:\nwheel:x:10:app,root\n");
  }

  private RunAs find(String user, List<String> groups) {
    return RunAs.of(Accounts.of(sandbox.files()), user, groups);
  }

  @Test
  void aNameHasItsNumbersGroupsAndHome() {
    RunAs app = find("app", List.of());
    assertThat(app.credentials().uid()).isEqualTo(1000);
    assertThat(app.credentials().gid()).isEqualTo(100);
    assertThat(app.credentials().groups()).containsExactly(100, 10);
    assertThat(app.home()).isEqualTo("/home/app");
  }

  @Test
  void nobodyIsRoot() {
    assertThat(find("", List.of()).credentials().isRoot()).isTrue();
    assertThat(find("", List.of()).home()).isEqualTo("/root");
  }

  @Test
  void aNumberNeedsNoEntry() {
    RunAs other = find("4242:77", List.of("wheel"));
    assertThat(other.credentials().uid()).isEqualTo(4242);
    assertThat(other.credentials().gid()).isEqualTo(77);
    assertThat(other.credentials().groups()).containsExactly(77, 10);
    assertThat(other.home()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "-1", "0:2147483648", "app:-7"})
  void aNumberThatNobodyCanHaveIsRefused(String user) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find(user, List.of()))
        .withMessage("uids and gids must be in range 0-2147483647");
  }

  @Test
  void aNameWithoutAnEntryIsRefusedInTheRuntimesWords() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find("ghost", List.of()))
        .withMessage("unable to find user ghost: no matching entries in passwd file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> find("app:ghosts", List.of()))
        .withMessage("unable to find group ghosts: no matching entries in group file");
  }
}
