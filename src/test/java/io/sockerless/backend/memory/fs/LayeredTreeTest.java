package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.archive.RawTar;
import io.sockerless.archive.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How layers lie over one another, and what a container's changes cost and outlive. */
class LayeredTreeTest {

  @TempDir private Path host;

  private LayeredTree open(Path... layers) throws IOException {
    return LayeredTree.open(List.of(layers), host.resolve("c"), 0, DeviceOpener.NONE);
  }

  private Path layer(String name, Tars tars) throws IOException {
    return tars.write(host.resolve(name));
  }

  private static Paths paths(FileTree tree) throws IOException {
    return new Paths(new Mounts(tree, false), Credentials.ROOT);
  }

  private static String read(Paths paths, String path) throws IOException {
    return Snapshots.read(paths.locate(path).node());
  }

  private static void write(Paths paths, String path, String text) throws IOException {
    try (OpenFile file = paths.create(path, OpenMode.WRITE, 0644, false)) {
      file.write(text.getBytes(UTF_8), 0, text.length());
    }
  }

  private List<String> contents() {
    String[] names = host.resolve("c/files").toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  @Test
  void whiteoutsHideWhatLowerLayersHaveWhateverTheirPlace() throws IOException {
    Path lower = layer("1", new Tars().file("d/a", "a").file("d/b", "b").file("e/x", "x"));
    Path upper =
        layer(
            "2",
            new Tars()
                .file("d/a", "new")
                .file("d/.wh.a", "")
                .file("d/.wh.b", "")
                .file("e/y", "y")
                .file("e/.wh..wh..opq", ""));
    try (LayeredTree tree = open(lower, upper)) {
      Paths paths = paths(tree);
      assertThat(read(paths, "/d/a")).isEqualTo("new");
      assertThat(paths.exists("/d/b")).isFalse();
      assertThat(paths.list("/e")).extracting(DirectoryEntry::name).containsExactly("y");
    }
  }

  @Test
  void aMemberBehindALinkIsWhereTheLinkLeads() throws IOException {
    Path lower = layer("1", new Tars().folder("usr/lib").link("lib", "usr/lib"));
    Path upper = layer("2", new Tars().file("lib/so", "so"));
    try (LayeredTree tree = open(lower, upper)) {
      assertThat(paths(tree).realPath("/lib/so")).isEqualTo("/usr/lib/so");
      assertThat(paths(tree).lstat("/lib").isLink()).isTrue();
    }
  }

  @Test
  void aFolderReplacesALinkAndKeepsNothingOfIt() throws IOException {
    Path lower = layer("1", new Tars().file("usr/lib/a", "a").link("lib", "usr/lib"));
    Path upper = layer("2", new Tars().folder("lib").file("lib/b", "b"));
    try (LayeredTree tree = open(lower, upper)) {
      assertThat(paths(tree).list("/lib")).extracting(DirectoryEntry::name).containsExactly("b");
      assertThat(paths(tree).exists("/usr/lib/b")).isFalse();
    }
  }

  @Test
  void aHardLinkJoinsAFileOfALowerLayer() throws IOException {
    Path lower = layer("1", new Tars().file("a", "a"));
    Path upper = layer("2", new Tars().hardLink("b", "a"));
    try (LayeredTree tree = open(lower, upper)) {
      assertThat(paths(tree).stat("/b").links()).isEqualTo(2);
      write(paths(tree), "/b", "both");
      assertThat(read(paths(tree), "/a")).isEqualTo("both");
    }
  }

  @Test
  void attributesAreTheLayers() throws IOException {
    TarEntry entry = new TarEntry("f", TarEntry.Kind.BLOCK, 04640, 12, 34, Tars.TIME, "", 8, 1, 0);
    try (LayeredTree tree = open(layer("1", new Tars().add(entry, new byte[0])))) {
      FileStat stat = paths(tree).stat("/f");
      assertThat(stat.type()).isEqualTo(FileType.BLOCK);
      assertThat(stat.mode()).isEqualTo(04640);
      assertThat(stat.uid()).isEqualTo(12);
      assertThat(stat.gid()).isEqualTo(34);
      assertThat(stat.modified()).isEqualTo(Tars.TIME);
      assertThat(stat.deviceNumber()).isEqualTo(8 << 8 | 1);
    }
  }

  @Test
  void aLayerThatLeadsOutIsRefused() throws IOException {
    Path layer = Files.write(host.resolve("1"), new RawTar().file("../x", "x").end());
    assertThatThrownBy(() -> open(layer)).isInstanceOf(IOException.class);
  }

  @Test
  void aCutLayerIsRefused() throws IOException {
    byte[] whole = new Tars().file("a", "x".repeat(5_000)).bytes();
    Path layer = Files.write(host.resolve("1"), Arrays.copyOf(whole, 2_000));
    assertThatThrownBy(() -> open(layer)).isInstanceOf(IOException.class);
  }

  @Test
  void containersOfOneImageDoNotSeeEachOthersChanges() throws IOException {
    Path layer = layer("1", new Tars().file("a", "image"));
    try (LayeredTree one = open(layer);
        LayeredTree other =
            LayeredTree.open(List.of(layer), host.resolve("d"), 0, DeviceOpener.NONE)) {
      write(paths(one), "/a", "one");
      assertThat(read(paths(other), "/a")).isEqualTo("image");
      assertThat(one.lower()).isSameAs(other.lower());
    }
  }

  @Test
  void onlyAFileThatIsWrittenToIsCopied() throws IOException {
    try (LayeredTree tree = open(layer("1", new Tars().file("a", "image").file("b", "image")))) {
      Paths paths = paths(tree);
      paths.setMode("/a", 0600);
      paths.rename("/a", "/c");
      paths.hardLink("/c", "/d");
      assertThat(contents()).isEmpty();
      try (OpenFile file = paths.open("/b", OpenMode.READ_WRITE)) {
        assertThat(contents()).isEmpty();
        file.writeAt(1, "M".getBytes(UTF_8), 0, 1);
      }
      assertThat(contents()).hasSize(1);
      assertThat(read(paths, "/b")).isEqualTo("iMage");
    }
  }

  @Test
  void whoReadsAFileSeesWhatIsWrittenToIt() throws IOException {
    try (LayeredTree tree = open(layer("1", new Tars().file("a", "image")));
        OpenFile reader = paths(tree).open("/a", OpenMode.READ)) {
      write(paths(tree), "/a", "written");
      byte[] bytes = new byte[10];
      assertThat(reader.read(bytes, 0, 10)).isEqualTo(7);
    }
  }

  @Test
  void aRemovedFileIsReadableWhileItIsOpenAndThenGone() throws IOException {
    try (LayeredTree tree =
        LayeredTree.open(List.of(), host.resolve("c"), 100, DeviceOpener.NONE)) {
      write(paths(tree), "/a", "text");
      try (OpenFile file = paths(tree).open("/a", OpenMode.READ)) {
        paths(tree).unlink("/a");
        assertThat(file.read(new byte[10], 0, 10)).isEqualTo(4);
        assertThat(tree.usage().free()).isEqualTo(96);
      }
      assertThat(contents()).isEmpty();
      assertThat(tree.usage().free()).isEqualTo(100);
    }
  }

  @Test
  void whatWasDoneOutlivesAServerThatDies() throws IOException {
    Path layer = layer("1", new Tars().file("a", "image").file("b", "image"));
    LayeredTree dying = open(layer);
    Paths paths = paths(dying);
    OpenFile open = paths.create("/open", OpenMode.WRITE, 0640, true);
    open.write("still open".getBytes(UTF_8), 0, 10);
    OpenFile removed = paths.create("/removed", OpenMode.WRITE, 0640, true);
    removed.write("removed".getBytes(UTF_8), 0, 7);
    paths.unlink("/removed");
    paths.unlink("/b");
    try (LayeredTree tree = open(layer)) {
      assertThat(read(paths(tree), "/open")).isEqualTo("still open");
      assertThat(paths(tree).stat("/open").mode()).isEqualTo(0640);
      assertThat(paths(tree).exists("/b")).isFalse();
      assertThat(contents()).hasSize(1);
    }
  }

  @Test
  void timesOutliveTheServer() throws IOException {
    Instant before = Instant.now();
    Instant old = Instant.parse("2001-02-03T04:05:06.000000007Z");
    try (LayeredTree tree = open()) {
      write(paths(tree), "/new", "x");
      write(paths(tree), "/old", "x");
      paths(tree).setTimes("/old", old, old, true);
    }
    try (LayeredTree tree = open()) {
      assertThat(paths(tree).stat("/new").modified()).isBetween(before, Instant.now());
      assertThat(paths(tree).stat("/old").modified()).isEqualTo(old);
    }
  }

  @Test
  void aWriteThatNobodyRecordedIsSeenByTheHostsTime() throws IOException {
    try (LayeredTree tree = open()) {
      write(paths(tree), "/a", "x");
    }
    Instant later = Instant.now().plus(Duration.ofHours(1));
    Path content = host.resolve("c/files").resolve(contents().getFirst());
    Files.setLastModifiedTime(content, FileTime.from(later));
    try (LayeredTree tree = open()) {
      assertThat(paths(tree).stat("/a").modified())
          .isCloseTo(later, org.assertj.core.api.Assertions.within(Duration.ofSeconds(2)));
    }
  }

  @Test
  void theJournalStaysShortWhenTheSameIsDoneAgain() throws IOException {
    try (LayeredTree tree = open(layer("1", new Tars().file("a", "a")))) {
      for (int i = 0; i < 20_000; i++) {
        paths(tree).setMode("/a", i & 0777);
      }
    }
    assertThat(host.resolve("c/journal").toFile().length()).isLessThan(600_000);
    try (LayeredTree tree = open(host.resolve("1"))) {
      assertThat(paths(tree).stat("/a").mode()).isEqualTo(19_999 & 0777);
    }
  }

  @Test
  void changesOverOtherLayersAreRefused() throws IOException {
    try (LayeredTree tree = open(layer("1", new Tars().file("a", "a")))) {
      write(paths(tree), "/b", "b");
    }
    Path other = layer("2", new Tars().file("a", "a").file("c", "c"));
    assertThatThrownBy(() -> open(other)).hasMessageContaining("not the journal of a tree over");
  }

  @Test
  void moreThanTheLimitDoesNotFit() throws IOException {
    Path layer = layer("1", new Tars().file("a", "0123456789"));
    try (LayeredTree tree =
        LayeredTree.open(List.of(layer), host.resolve("c"), 15, DeviceOpener.NONE)) {
      write(paths(tree), "/b", "0123456789");
      assertThatThrownBy(
              () -> {
                try (OpenFile file = paths(tree).open("/a", OpenMode.READ_WRITE)) {
                  file.write(new byte[] {'x'}, 0, 1);
                }
              })
          .hasMessage("No space left on device");
      assertThat(read(paths(tree), "/a")).isEqualTo("0123456789");
      paths(tree).unlink("/b");
      try (OpenFile file = paths(tree).open("/a", OpenMode.READ_WRITE)) {
        file.write(new byte[] {'x'}, 0, 1);
      }
      assertThat(read(paths(tree), "/a")).isEqualTo("x123456789");
    }
  }

  @Test
  void aSparseMemberIsReadWithItsHoles() throws IOException {
    String records =
        RawTar.record("GNU.sparse.map", "2,3,8,1") + RawTar.record("GNU.sparse.realsize", "10");
    byte[] tar = new RawTar().add("p", 'x', "", records).file("s", "abcd").end();
    try (LayeredTree tree = open(Files.write(host.resolve("1"), tar))) {
      assertThat(read(paths(tree), "/s")).isEqualTo("\0\0abc\0\0\0d\0");
      try (OpenFile file = paths(tree).open("/s", OpenMode.READ_WRITE)) {
        file.writeAt(0, "x".getBytes(UTF_8), 0, 1);
      }
      assertThat(read(paths(tree), "/s")).isEqualTo("x\0abc\0\0\0d\0");
    }
  }

  @Test
  void manyThreadsAtOnceLoseNothing() throws Exception {
    Path layer = layer("1", new Tars().file("log", ""));
    try (LayeredTree tree = open(layer);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String folder = "/d" + i;
        all.add(threads.submit(() -> work(paths(tree), folder)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      assertThat(paths(tree).stat("/log").size()).isEqualTo(20 * 50 * 5);
      assertThat(paths(tree).stat("/").links()).isEqualTo(22);
    }
    try (LayeredTree tree = open(layer)) {
      assertThat(paths(tree).list("/d7")).hasSize(50);
    }
  }

  private static Void work(Paths paths, String folder) throws IOException {
    paths.makeDirectory(folder, 0755);
    for (int i = 0; i < 50; i++) {
      write(paths, folder + "/new", "x");
      paths.rename(folder + "/new", folder + "/" + i);
      try (OpenFile log = paths.open("/log", OpenMode.APPEND)) {
        log.write("line\n".getBytes(UTF_8), 0, 5);
      }
    }
    return null;
  }

  @Test
  void anInterruptOfOneTaskLeavesFilesOpenForTheOthers() throws IOException {
    try (LayeredTree tree = open(layer("1", new Tars().file("a", "image")))) {
      write(paths(tree), "/b", "own");
      try (OpenFile file = paths(tree).open("/b", OpenMode.READ_WRITE)) {
        Thread.currentThread().interrupt();
        file.writeAt(0, "O".getBytes(UTF_8), 0, 1);
        write(paths(tree), "/a", "interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read(paths(tree), "/b")).isEqualTo("Own");
        assertThat(read(paths(tree), "/a")).isEqualTo("interrupted");
      }
    }
  }

  @Test
  void extendedAttributesAreThereAgainWhenATreeIsOpenedAgain() throws IOException {
    Map<String, String> extended = Map.of("user.a", "\u00ff\u0000", "user.b", "b");
    Path lower = layer("1", new Tars().file("f", "f"));
    try (LayeredTree tree = open(lower)) {
      paths(tree).setExtendedAttributes("/f", extended);
    }
    try (LayeredTree tree = open(lower)) {
      assertThat(paths(tree).locate("/f").node().extendedAttributes()).isEqualTo(extended);
      assertThat(read(paths(tree), "/f")).isEqualTo("f");
    }
  }

  @Test
  void whatIsReadAndWrittenIsCounted() throws IOException {
    try (LayeredTree tree = open(layer("1", new Tars().file("f", "12345")))) {
      read(paths(tree), "/f");
      write(paths(tree), "/g", "123");
      ContentTraffic traffic = tree.traffic().orElseThrow();
      assertThat(traffic.bytesRead()).isEqualTo(5);
      assertThat(traffic.bytesWritten()).isEqualTo(3);
    }
  }
}
