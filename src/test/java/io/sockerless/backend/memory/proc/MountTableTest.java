package io.sockerless.backend.memory.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.device.Devices;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order and with which options mounts are told. */
class MountTableTest {

  @Test
  void theSystemsOwnComeBeforeTheUsersAndThoseBeforeTheFilesInEtc() throws IOException {
    Mounts mounts = new Mounts(new MemoryTree(0755), false);
    for (String target :
        List.of("/etc/hosts", "/t", "/dev/shm", "/dev", "/data", "/proc", "/etc/resolv.conf")) {
      mounts.add(target, new MemoryTree(01777), false);
    }
    assertThat(new MountTable(mounts::listed).table().lines().map(line -> line.split(" ")[1]))
        .containsExactly(
            "/", "/proc", "/dev", "/dev/shm", "/t", "/data", "/etc/resolv.conf", "/etc/hosts");
    assertThat(new MountTable(mounts::listed).information().lines().map(line -> line.split(" ")[4]))
        .startsWith("/", "/proc", "/dev", "/dev/shm");
  }

  @Test
  void terminalsAreADevpts() throws IOException {
    Mounts mounts = new Mounts(new MemoryTree(0755), true);
    mounts.add(
        new Mounts.Mount(
            "/dev/pts", new Devices().terminals(bytes -> {}), false, List.of("nosuid", "noexec")));
    assertThat(new MountTable(mounts::listed).table().lines())
        .contains(
            "devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0");
  }
}
