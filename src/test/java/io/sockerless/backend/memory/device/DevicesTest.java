package io.sockerless.backend.memory.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenMode;
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

  @Test
  void aDeviceCanBeAnywhereInAContainerEvenIfItsRootTakesNoWrites() throws IOException {
    Mounts mounts = new Mounts(new MemoryTree(0755), true);
    new Paths(new Mounts(mounts.of("/").tree(), false), Credentials.ROOT)
        .create("/there", OpenMode.WRITE, 0644, true)
        .close();
    new Devices()
        .makeNodes(
            mounts,
            Map.of("/a/b/nothing", "/dev/null", "/there", "/dev/zero", "/dev/other", "/dev/null"));
    Paths paths = new Paths(mounts, Credentials.ROOT);
    FileStat made = paths.stat("/a/b/nothing");
    assertThat(made.type()).isEqualTo(FileType.CHARACTER);
    assertThat(made.mode()).isEqualTo(0666);
    assertThat(made.deviceNumber()).isEqualTo(0x103);
    assertThat(paths.stat("/there").type()).as("what is there stays").isEqualTo(FileType.REGULAR);
    assertThat(paths.exists("/dev/other")).as("in a tree of its own").isFalse();
  }
}
