package io.sockerless.backend.memory.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicesTest {

  @Test
  void aDeviceHasOtherNamesThatAContainerWants() throws IOException {
    FileTree tree =
        new Devices()
            .tree(bytes -> {}, Map.of("/dev/sub/empty", "/dev/zero", "/dev/null", "/dev/zero"));
    Paths paths = new Paths(new Mounts(tree, false), Credentials.ROOT);
    assertThat(paths.stat("/sub/empty").deviceNumber())
        .isEqualTo(paths.stat("/zero").deviceNumber());
    assertThat(paths.stat("/null").deviceNumber())
        .as("one that is there stays")
        .isNotEqualTo(paths.stat("/zero").deviceNumber());
  }
}
