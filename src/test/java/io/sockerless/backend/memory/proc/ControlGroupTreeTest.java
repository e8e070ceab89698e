package io.sockerless.backend.memory.proc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runtimes size themselves by, and where they learn that it is there. */
class ControlGroupTreeTest {

  private final Sandbox sandbox = new Sandbox();
  private Paths files;

  @BeforeEach
  void mount() throws IOException {
    Mounts mounts = new Mounts(SystemTree.create(sandbox.kernel().network()), true);
    mounts.add("/fs/cgroup", ControlGroupTree.of(sandbox.kernel()), true);
    files = new Paths(mounts, Credentials.ROOT);
  }

  private String read(String path) throws IOException {
    return read(files, path);
  }

  private static String read(Paths paths, String path) throws IOException {
    try (OpenFile file = paths.open(path, OpenMode.READ)) {
      return Text.decode(new FileInput(file).readAllBytes());
    }
  }

  @Test
  void whatIsNotLimitedIsAtMost() throws IOException {
    assertThat(read("/fs/cgroup/memory.max")).isEqualTo("max\n");
    assertThat(read("/fs/cgroup/cpu.max")).isEqualTo("max 100000\n");
    assertThat(read("/fs/cgroup/pids.max")).isEqualTo("max\n");
  }

  @Test
  void aLimitIsShownAsSoonAsItIsSet() throws IOException {
    sandbox.limits().setMemory(64 << 20);
    sandbox.limits().setCpuQuota(15_000, 10_000);
    sandbox.limits().setProcesses(20);
    assertThat(read("/fs/cgroup/memory.max")).isEqualTo("67108864\n");
    assertThat(read("/fs/cgroup/cpu.max")).isEqualTo("15000 10000\n");
    assertThat(read("/fs/cgroup/pids.max")).isEqualTo("20\n");
  }

  @Test
  void whatFilesInMemoryTakeIsTheContainers() throws IOException {
    sandbox.kernel().memory().chargeFiles(5000);
    sandbox.kernel().memory().chargeFiles(-1000);
    assertThat(read("/fs/cgroup/memory.current")).isEqualTo("4000\n");
    assertThat(read("/fs/cgroup/memory.peak")).isEqualTo("5000\n");
    assertThat(read("/fs/cgroup/memory.stat")).contains("anon 0\n", "shmem 4000\n");
  }

  @Test
  void whatWentOverTheLimitIsAnEvent() throws IOException {
    assertThat(read("/fs/cgroup/memory.events")).contains("oom_kill 0\n");
    sandbox.limits().setMemory(1000);
    sandbox.kernel().memory().chargeFiles(2000);
    assertThat(read("/fs/cgroup/memory.events")).contains("oom_kill 1\n");
  }

  @Test
  void theGroupHasAPlaceInTheSystemsTree() throws IOException {
    assertThat(files.stat("/fs/cgroup").type()).isEqualTo(FileType.DIRECTORY);
    assertThat(files.list("/fs")).hasSize(1);
    assertThat(read("/devices/system/cpu/online")).isEqualTo(SystemTree.processors());
    assertThat(read("/fs/cgroup/cgroup.controllers")).isEqualTo("cpuset cpu memory pids\n");
  }

  @Test
  void aProcesssLimitsAreAllListedAndThoseOfTheContainerHaveNumbers() {
    sandbox.limits().setCpuSeconds(5, 10);
    Sandbox.Result result =
        sandbox.run(
            task -> {
              task.descriptors().setLimits(64, 128);
              Mounts mounts = new Mounts(new ProcTree(task.kernel(), List::of, Map.of()), true);
              task.print(read(new Paths(mounts, Credentials.ROOT), "/" + task.pid() + "/limits"));
              return 0;
            },
            "show");
    assertThat(result.output().lines().map(String::strip))
        .hasSize(17)
        .contains(
            "Max cpu time              5                    10                   seconds",
            "Max file size             unlimited            unlimited            bytes",
            "Max open files            64                   128                  files");
  }

  @Test
  void aProcesssMountsHaveTheMountThatTheyLieInAsParent() {
    Mounts tree = files.mounts();
    Sandbox.Result result =
        sandbox.run(
            task -> {
              Mounts mounts = new Mounts(new ProcTree(task.kernel(), tree::all, Map.of()), true);
              String path = "/" + task.pid() + "/mountinfo";
              task.print(read(new Paths(mounts, Credentials.ROOT), path));
              return 0;
            },
            "show");
    List<String> lines = result.output().lines().toList();
    assertThat(lines)
        .containsExactly(
            "100 99 0:100 / / ro,relatime - sysfs sysfs ro",
            "101 100 0:101 / /fs/cgroup ro,relatime - cgroup2 cgroup ro");
  }

  @Test
  void whatEntryPointsAskOfTheKernelIsThere() throws IOException {
    Map<String, String> asked = Map.of("net.core.somaxconn", "99");
    Paths proc =
        new Paths(
            new Mounts(new ProcTree(sandbox.kernel(), List::of, asked), true), Credentials.ROOT);
    assertThat(read(proc, "/sys/net/core/somaxconn")).isEqualTo("99\n");
    assertThat(read(proc, "/sys/vm/max_map_count")).isEqualTo("262144\n");
    assertThat(read(proc, "/sys/fs/file-max")).isEqualTo("9223372036854775807\n");
  }
}
