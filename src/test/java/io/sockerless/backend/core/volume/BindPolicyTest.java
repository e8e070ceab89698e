package io.sockerless.backend.core.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindPolicyTest {

  @TempDir Path folder;
  private Path host;
  private Path data;

  @BeforeEach
  void folders() throws IOException {
    folder = folder.toRealPath();
    host = Files.createDirectories(folder.resolve("host"));
    data = Files.createDirectories(folder.resolve("data"));
  }

  private BindPolicy only(Path... allowed) {
    return new BindPolicy(Optional.of(List.of(allowed)), data);
  }

  private void refuses(BindPolicy policy, Path path) {
    EngineException refused =
        catchThrowableOfType(EngineException.class, () -> policy.check(path.toString()));
    assertThat(refused).as("%s", path).isNotNull();
    assertThat(refused.status()).isEqualTo(403);
  }

  @Test
  void byDefaultAllIsAllowedButTheServersOwnData() {
    BindPolicy policy = new BindPolicy(Optional.empty(), data);
    assertThat(policy.check(host.toString())).isEqualTo(host);
    assertThat(policy.check("/etc")).isEqualTo(Path.of("/etc"));
    refuses(policy, data);
    refuses(policy, data.resolve("volumes/x"));
    refuses(policy, host.resolve("../data"));
  }

  @Test
  void aListAllowsWhatIsInItsFoldersAlone() {
    BindPolicy policy = only(host);
    assertThat(policy.check(host.resolve("sub/new").toString())).isEqualTo(host.resolve("sub/new"));
    refuses(policy, folder);
    refuses(policy, folder.resolve("hostile"));
    refuses(policy, host.resolve("../other"));
  }

  @Test
  void noneAllowsNothingAndTheRefusalNamesTheSetting() {
    assertThatThrownBy(() -> only().check("/etc"))
        .isInstanceOf(EngineException.Forbidden.class)
        .hasMessageContaining("/etc")
        .hasMessageContaining("sockerless.binds.allow");
  }

  @Test
  void aLinkLeadsNowhereThatItsTargetDoesNot() throws IOException {
    Files.createSymbolicLink(host.resolve("etc"), Path.of("/etc"));
    Files.createSymbolicLink(host.resolve("data"), data);
    BindPolicy policy = only(host);
    refuses(policy, host.resolve("etc"));
    refuses(policy, host.resolve("etc/passwd"));
    refuses(policy, host.resolve("etc/not/there"));
    refuses(new BindPolicy(Optional.empty(), data), host.resolve("data/x"));
  }

  @Test
  void aLinkInsideIsFollowed() throws IOException {
    Files.createDirectories(host.resolve("real"));
    Files.createSymbolicLink(host.resolve("link"), host.resolve("real"));
    assertThat(only(host).check(host.resolve("link/x").toString()))
        .isEqualTo(host.resolve("real/x"));
  }

  @Test
  void aLinkToNowhereIsRefused() throws IOException {
    Files.createSymbolicLink(host.resolve("dangling"), folder.resolve("later"));
    refuses(only(host), host.resolve("dangling"));
    refuses(only(host), host.resolve("dangling/x"));
  }

  @Test
  void anAllowedFolderMayItselfBeALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), host);
    assertThat(only(link).check(link.resolve("x").toString())).isEqualTo(host.resolve("x"));
  }
}
