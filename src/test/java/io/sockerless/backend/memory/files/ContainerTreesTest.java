package io.sockerless.backend.memory.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.Snapshots;
import io.sockerless.backend.memory.fs.Tars;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container mounts, who shares it, and when it is closed. */
class ContainerTreesTest {

  @TempDir private Path host;
  private final ContainerTrees trees = Containers.trees();
  private Path layer;

  @BeforeEach
  void makeLayer() throws IOException {
    layer =
        new Tars()
            .file("data/from-image", "image")
            .hardLink("data/second", "data/from-image")
            .folder("run")
            .link("var/run", "/run")
            .file("etc/hosts", "image's")
            .write(host.resolve("layer.tar"));
  }

  private ContainerSpec spec(MountPoint... mounts) {
    return Containers.spec(host.resolve("container"), List.of(layer), mounts);
  }

  private static MountPoint mount(
      MountPoint.Kind kind, Path source, String target, boolean readOnly) {
    return new MountPoint(kind, source, "", target, readOnly, true, 0, 01777, 0, 0, List.of());
  }

  private MountPoint part(String subpath) {
    Path volume = host.resolve("volume");
    return new MountPoint(
        MountPoint.Kind.VOLUME, volume, subpath, "/part", false, true, 0, 01777, 0, 0, List.of());
  }

  private ContainerMounts run(ContainerSpec spec) throws IOException {
    return trees.run(spec, bytes -> {}, List.of());
  }

  private static Paths paths(ContainerMounts mounts) throws IOException {
    return new Paths(mounts.mounts(), Credentials.ROOT);
  }

  private static void write(Paths paths, String path, String text) throws IOException {
    try (OpenFile file = paths.create(path, OpenMode.WRITE, 0644, false)) {
      file.write(text.getBytes(UTF_8), 0, text.length());
    }
  }

  private static String read(Paths paths, String path) throws IOException {
    return Snapshots.read(paths.locate(path).node());
  }

  @Test
  void aCopyAndAProcessUseTheSameTree() throws IOException {
    ContainerSpec spec = spec();
    try (ContainerMounts running = run(spec)) {
      byte[] tar = new Tars().file("copied", "x").bytes();
      new FilesOfContainer(trees, spec)
          .putArchive("/run", new ByteArrayInputStream(tar), false, false);
      assertThat(read(paths(running), "/run/copied")).isEqualTo("x");
      try (ContainerMounts view = trees.view(spec)) {
        assertThat(view.root()).isSameAs(running.root());
      }
      write(paths(running), "/still-open", "yes");
    }
    assertThat(new FilesOfContainer(trees, spec).stat("/still-open").size()).isEqualTo(3);
  }

  @Test
  void aVolumeIsFilledFromTheImageOnceAndSharedAndKept() throws IOException {
    MountPoint volume = mount(MountPoint.Kind.VOLUME, host.resolve("volume"), "/data", false);
    try (ContainerMounts first = run(spec(volume))) {
      assertThat(read(paths(first), "/data/from-image")).isEqualTo("image");
      assertThat(paths(first).stat("/data/from-image").links()).isEqualTo(2);
      assertThat(paths(first).stat("/data/from-image").modified()).isEqualTo(Tars.TIME);
      write(paths(first), "/data/from-image", "volume's");
      ContainerSpec other = Containers.spec(host.resolve("other"), List.of(layer), volume);
      try (ContainerMounts second = run(other)) {
        assertThat(read(paths(second), "/data/from-image")).isEqualTo("volume's");
        write(paths(second), "/data/more", "more");
      }
      assertThat(read(paths(first), "/data/more")).isEqualTo("more");
    }
    try (ContainerMounts again = run(spec(volume))) {
      assertThat(read(paths(again), "/data/more")).isEqualTo("more");
    }
    assertThat(new FilesOfContainer(trees, spec()).changes()).isEmpty();
  }

  @Test
  void aFolderOrAFileOfAVolumeIsMountedAlone() throws IOException {
    MountPoint whole = mount(MountPoint.Kind.VOLUME, host.resolve("volume"), "/all", false);
    try (ContainerMounts mounts = run(spec(whole))) {
      paths(mounts).makeDirectory("/all/sub", 0755);
      write(paths(mounts), "/all/sub/file", "deep");
      paths(mounts).makeLink("sub", "/all/link");
    }
    try (ContainerMounts mounts = run(spec(whole, part("sub")))) {
      assertThat(read(paths(mounts), "/part/file")).isEqualTo("deep");
      write(paths(mounts), "/part/new", "new");
      assertThat(read(paths(mounts), "/all/sub/new")).isEqualTo("new");
      assertThat(paths(mounts).exists("/part/../etc/hosts")).isTrue();
      assertThat(paths(mounts).exists("/part/link")).isFalse();
    }
    ContainerSpec other = Containers.spec(host.resolve("other"), List.of(layer), part("link/file"));
    try (ContainerMounts mounts = run(other)) {
      assertThat(read(paths(mounts), "/part")).isEqualTo("deep");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "out", "up/etc"})
  void aPartThatTheVolumeDoesNotHaveIsNotFound(String subpath) throws IOException {
    MountPoint whole = mount(MountPoint.Kind.VOLUME, host.resolve("volume"), "/all", false);
    try (ContainerMounts mounts = run(spec(whole))) {
      paths(mounts).makeLink("/etc", "/all/out");
      paths(mounts).makeLink("../../..", "/all/up");
    }
    assertThatThrownBy(() -> run(spec(part(subpath))).close())
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage(
            "cannot access path "
                + host.resolve("volume").resolve(subpath)
                + ": no such file or directory");
  }

  @Test
  void bindsNestInOneAnother() throws IOException {
    Path outer = Files.createDirectory(host.resolve("outer"));
    Path inner = Files.createDirectory(host.resolve("inner"));
    ContainerSpec spec =
        spec(
            mount(MountPoint.Kind.BIND, outer, "/__w", false),
            mount(MountPoint.Kind.BIND, inner, "/__w/_temp", false));
    try (ContainerMounts mounts = run(spec)) {
      write(paths(mounts), "/__w/a", "a");
      write(paths(mounts), "/__w/_temp/b", "b");
    }
    assertThat(outer.resolve("a")).hasContent("a");
    assertThat(inner.resolve("b")).hasContent("b");
    assertThat(outer.resolve("_temp")).isEmptyDirectory();
  }

  @Test
  void aFileIsBoundOverAFileAndWhereThereIsNone() throws IOException {
    Path file = Files.writeString(host.resolve("hosts"), "host's", UTF_8);
    ContainerSpec spec =
        spec(
            mount(MountPoint.Kind.BIND, file, "/etc/hosts", true),
            mount(MountPoint.Kind.BIND, file, "/new/hosts", true));
    try (ContainerMounts mounts = run(spec)) {
      assertThat(read(paths(mounts), "/etc/hosts")).isEqualTo("host's");
      assertThat(read(paths(mounts), "/new/hosts")).isEqualTo("host's");
      assertThatThrownBy(() -> write(paths(mounts), "/etc/hosts", "x"))
          .hasMessage("Read-only file system");
    }
    assertThat(file).hasContent("host's");
  }

  @Test
  void aMountPointBehindALinkIsWhereTheLinkLeads() throws IOException {
    Path folder = Files.createDirectory(host.resolve("folder"));
    ContainerSpec spec = spec(mount(MountPoint.Kind.BIND, folder, "/var/run/docker", false));
    try (ContainerMounts mounts = run(spec)) {
      write(paths(mounts), "/run/docker/x", "x");
      assertThat(paths(mounts).realPath("/var/run/docker/x")).isEqualTo("/run/docker/x");
    }
    assertThat(folder.resolve("x")).hasContent("x");
  }

  @Test
  void aTmpfsIsSeenFromOutsideAndGoneWithTheProcesses() throws IOException {
    ContainerSpec spec = spec(mount(MountPoint.Kind.TMPFS, Path.of(""), "/run", false));
    AtomicLong charged = new AtomicLong();
    FilesOfContainer files = new FilesOfContainer(trees, spec);
    try (ContainerMounts mounts = trees.run(spec, charged::addAndGet, List.of())) {
      write(paths(mounts), "/run/pid", "1");
      assertThat(charged.get()).isGreaterThan(4_096);
      assertThat(files.stat("/run/pid").size()).isEqualTo(1);
    }
    assertThat(charged).hasValue(0);
    assertThatThrownBy(() -> files.stat("/run/pid")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aVolumeInMemoryIsSharedAndGoneWithItsLastContainer() throws IOException {
    MountPoint shared = mount(MountPoint.Kind.TMPFS, host.resolve("volume"), "/run", false);
    ContainerSpec first = Containers.spec(host.resolve("c1"), List.of(layer), shared);
    ContainerSpec second = Containers.spec(host.resolve("c2"), List.of(layer), shared);
    try (ContainerMounts before = run(first)) {
      write(paths(before), "/run/pid", "1");
      try (ContainerMounts mounts = run(second)) {
        before.close();
        assertThat(read(paths(mounts), "/run/pid")).isEqualTo("1");
        assertThat(mounts.mounts().at("/run").orElseThrow().options()).isEqualTo("rw,relatime");
      }
    }
    try (ContainerMounts mounts = run(first)) {
      assertThat(paths(mounts).list("/run")).isEmpty();
    }
    assertThat(host.resolve("volume")).doesNotExist();
  }

  @Test
  void aTmpfsBelongsToWhomItIsFor() throws IOException {
    MountPoint point =
        new MountPoint(
            MountPoint.Kind.TMPFS, host, "", "/run", false, false, 0, 0700, 5, 6, List.of("nodev"));
    try (ContainerMounts mounts = run(spec(point))) {
      assertThat(paths(mounts).stat("/run").uid()).isEqualTo(5);
      assertThat(paths(mounts).stat("/run").gid()).isEqualTo(6);
      assertThat(paths(mounts).stat("/run").mode()).isEqualTo(0700);
      assertThat(mounts.mounts().at("/run").orElseThrow().options())
          .isEqualTo("rw,nodev,relatime,mode=700,uid=5,gid=6");
    }
  }

  @Test
  void whatTheSandboxMountsIsSeenByProcessesAlone() throws IOException {
    MemoryTree proc = new MemoryTree(0555);
    ContainerSpec spec = spec(mount(MountPoint.Kind.TMPFS, Path.of(""), "/dev/shm", false));
    MemoryTree dev = new MemoryTree(0755);
    List<Mounts.Mount> extras =
        List.of(new Mounts.Mount("/proc", proc, true), new Mounts.Mount("/dev", dev, false));
    try (ContainerMounts mounts = trees.run(spec, bytes -> {}, extras)) {
      assertThat(mounts.mounts().all())
          .extracting(Mounts.Mount::target)
          .containsExactlyInAnyOrder("/", "/dev", "/proc", "/dev/shm");
      assertThat(mounts.outside().at("/proc")).isEmpty();
      write(paths(mounts), "/dev/shm/x", "x");
    }
  }

  @Test
  void aReadOnlyRootStillGetsItsMountPoints() throws IOException {
    Path folder = Files.createDirectory(host.resolve("folder"));
    ContainerSpec spec =
        Containers.spec(
            host.resolve("container"),
            List.of(layer),
            Json.createObjectBuilder().add("ReadonlyRootfs", true).build(),
            mount(MountPoint.Kind.BIND, folder, "/mnt/x", false));
    try (ContainerMounts mounts = run(spec)) {
      write(paths(mounts), "/mnt/x/y", "y");
      assertThatThrownBy(() -> write(paths(mounts), "/mnt/y", "y"))
          .hasMessage("Read-only file system");
    }
  }

  @Test
  void whatCannotBeMountedIsTold() throws IOException {
    Path folder = Files.createDirectory(host.resolve("folder"));
    assertThatThrownBy(
            () -> run(spec(mount(MountPoint.Kind.BIND, folder, "/etc/hosts", false))).close())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "error during container init: error mounting \""
                + folder
                + "\" to rootfs at \"/etc/hosts\": not a directory");
    try (ContainerMounts mounts = run(spec())) {
      assertThat(paths(mounts).exists("/etc/hosts")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/sys", "/proc/new", "/proc/self/x", "/within/sys", "/sneaky"})
  void nothingIsMountedInsideProc(String target) throws IOException {
    layer =
        new Tars()
            .folder("proc")
            .link("within", "/proc")
            .link("sneaky", "/proc/sys")
            .write(host.resolve("links.tar"));
    assertThatThrownBy(() -> runWithProc(MountPoint.Kind.VOLUME, target).close())
        .hasMessageContaining(" to rootfs at \"" + target + "\": \"/proc/")
        .hasMessageEndingWith("\" cannot be mounted because it is inside /proc");
  }

  @Test
  void onlyProcItselfLiesOverProc() throws IOException {
    assertThatThrownBy(() -> runWithProc(MountPoint.Kind.VOLUME, "/proc").close())
        .hasMessageEndingWith("\"/proc\" cannot be mounted because it is not of type proc");
    try (ContainerMounts mounts = runWithProc(MountPoint.Kind.TMPFS, "/proc/sys")) {
      write(paths(mounts), "/proc/sys/file", "memory");
      assertThat(read(paths(mounts), "/proc/sys/file")).isEqualTo("memory");
    }
  }

  @Test
  void whatShowsTheMachinesLoadMayBeReplaced() throws IOException {
    Path load = Files.writeString(host.resolve("load"), "none\n");
    MountPoint bind = mount(MountPoint.Kind.BIND, load, "/proc/uptime", false);
    try (ContainerMounts mounts = runWithProc(bind)) {
      assertThat(read(paths(mounts), "/proc/uptime")).isEqualTo("none\n");
    }
  }

  private ContainerMounts runWithProc(MountPoint.Kind kind, String target) throws IOException {
    return runWithProc(mount(kind, host.resolve("volume"), target, false));
  }

  private ContainerMounts runWithProc(MountPoint point) throws IOException {
    MemoryTree proc = new MemoryTree(0755);
    Paths files = new Paths(new Mounts(proc, false), Credentials.ROOT);
    files.makeDirectory("/sys", 0755);
    files.create("/uptime", OpenMode.WRITE, 0444, true).close();
    return trees.run(spec(point), bytes -> {}, List.of(new Mounts.Mount("/proc", proc, false)));
  }

  @Test
  void theLastUserClosesTheTree() throws IOException {
    ContainerSpec spec = spec();
    ContainerMounts running = run(spec);
    ContainerMounts view = trees.view(spec);
    running.close();
    write(paths(view), "/x", "x");
    view.close();
    assertThatThrownBy(() -> write(paths(view), "/y", "y")).hasMessage("I/O error");
    try (ContainerMounts again = trees.view(spec)) {
      assertThat(read(paths(again), "/x")).isEqualTo("x");
    }
  }
}
