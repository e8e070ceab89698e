package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeyTest {

  @TempDir private Path folder;

  @Test
  void theNextServerKnowsTheTokensOfThisOne() {
    String token = AgentKey.in(folder).token("a");

    assertThat(AgentKey.in(folder).token("a")).isEqualTo(token).hasSize(64);
  }

  @Test
  void eachContainerAndEachServerHasItsOwn(@TempDir Path other) {
    AgentKey key = AgentKey.in(folder);

    assertThat(key.token("a")).isNotEqualTo(key.token("b"));
    assertThat(AgentKey.in(other).token("a")).isNotEqualTo(key.token("a"));
  }

  @Test
  void nobodyElseReadsTheKey() throws IOException {
    AgentKey.in(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
        .isEqualTo("rw-------");
  }
}
