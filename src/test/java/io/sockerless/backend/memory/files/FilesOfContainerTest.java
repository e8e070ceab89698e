package io.sockerless.backend.memory.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.sockerless.archive.RawTar;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.driver.ContainerFiles.Change;
import io.sockerless.backend.core.driver.ContainerFiles.PathStat;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.Snapshots;
import io.sockerless.backend.memory.fs.Tars;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Copying, comparing, exporting: names and kinds of errors as dockerd 20.10 and 28.5 have them. */
class FilesOfContainerTest {

  @TempDir private Path host;
  private ContainerTrees trees;
  private ContainerSpec spec;
  private FilesOfContainer files;

  @BeforeEach
  void makeContainer() throws IOException {
    Path layer =
        new Tars()
            .folder("etc")
            .file("etc/passwd", "root")
            .folder("tmp/dir/sub")
            .file("tmp/dir/f", "hi\n")
            .link("tmp/dl", "dir")
            .link("tmp/dang", "nowhere")
            .link("tmp/pl", "/etc/passwd")
            .link("tmp/chain", "dl/f")
            .write(host.resolve("layer.tar"));
    trees = Containers.trees();
    spec = Containers.spec(host.resolve("container"), List.of(layer));
    files = new FilesOfContainer(trees, spec);
  }

  private static ByteArrayInputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static List<TarEntry> read(byte[] tar) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    try (TarReader reader = new TarReader(stream(tar))) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(next.get());
      }
    }
    return entries;
  }

  private List<String> names(String path) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    files.getArchive(path, tar);
    return read(tar.toByteArray()).stream().map(TarEntry::name).toList();
  }

  private String text(String path) throws IOException {
    try (ContainerMounts mounts = trees.view(spec)) {
      Paths paths = new Paths(mounts.mounts(), Credentials.ROOT);
      return Snapshots.read(paths.locate(path).node());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp/dir, dir, 2147484141, ''",
    "/tmp/dir/, dir, 2147484141, ''",
    "/tmp/dir/., ., 2147484141, ''",
    "/tmp/dl, dl, 134218239, /tmp/dir",
    "/tmp/dl/, dl, 2147484141, ''",
    "/tmp/dl/., ., 2147484141, ''",
    "/tmp/dang, dang, 134218239, /tmp/nowhere",
    "/tmp/pl, pl, 134218239, /etc/passwd",
    "/tmp/chain, chain, 134218239, /tmp/dir/f",
    "/, /, 2147484141, ''",
    "/., ., 2147484141, ''",
    "/tmp/dir/../dir/f, f, 420, ''",
    "tmp/dir/f, f, 420, ''",
    "/tmp/dl/f, f, 420, ''"
  })
  void aPathIsDescribedAsItsEndingAsks(String path, String name, long mode, String target)
      throws IOException {
    PathStat stat = files.stat(path);
    assertThat(stat.name()).isEqualTo(name);
    assertThat(stat.mode()).isEqualTo(mode);
    assertThat(stat.linkTarget()).isEqualTo(target);
  }

  @Test
  void theTimeAndTheSizeAreTheFilesOwn() throws IOException {
    PathStat stat = files.stat("/tmp/dir/f");
    assertThat(stat.modified()).isEqualTo(Tars.TIME);
    assertThat(stat.size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp/dir, dir/ dir/f dir/sub/",
    "/tmp/dir/, dir/ dir/f dir/sub/",
    "/tmp/dir/., ./ ./f ./sub/",
    "/tmp/dl, dl",
    "/tmp/dl/, dl/ dl/f dl/sub/",
    "/tmp/dl/f, f",
    "/etc/., ./ ./hostname ./hosts ./mtab ./passwd ./resolv.conf",
    "/, / /.dockerenv /dev/ /dev/console /dev/pts/ /dev/shm/ /etc/ /etc/hostname /etc/hosts "
        + "/etc/mtab /etc/passwd /etc/resolv.conf /proc/ /sys/ /tmp/ /tmp/chain /tmp/dang /tmp/dir/ /tmp/dir/f /tmp/dir/sub/ "
        + "/tmp/dl /tmp/pl"
  })
  void anArchivesNamesBeginWithWhatWasAskedFor(String path, String names) throws IOException {
    assertThat(names(path)).containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"/nope", "/tmp/nope/x", "/tmp/dang/", "/tmp/dang/."})
  void whatIsNotThereIsNoSuchFile(String path) {
    assertThatThrownBy(() -> files.stat(path))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(path);
    assertThatThrownBy(() -> files.getArchive(path, OutputStream.nullOutputStream()))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files.putArchive(path, stream(new byte[0]), false, false))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource({"/etc/passwd/x", "/tmp/pl/", "/tmp/dir/f/", "/tmp/dir/f/."})
  void whatLeadsThroughAFileIsNoFolder(String path) {
    assertThatThrownBy(() -> files.stat(path)).isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void filesAreUnpackedIntoFoldersAlone() {
    assertThatThrownBy(() -> files.putArchive("/etc/passwd", stream(new byte[0]), false, false))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> files.putArchive("/tmp/pl", stream(new byte[0]), false, false))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void aReadOnlyContainerTakesNothing() throws IOException {
    spec = Containers.readOnly(host.resolve("other"), spec.layers());
    byte[] tar = new RawTar().file("x", "x").end();
    assertThatThrownBy(
            () -> new FilesOfContainer(trees, spec).putArchive("/tmp", stream(tar), false, false))
        .isInstanceOf(IOException.class)
        .hasMessage("container rootfs is marked read-only")
        .hasCauseInstanceOf(ReadOnlyFileSystemException.class);
  }

  @Test
  void aFolderIsMergedAndAFileReplaced() throws IOException {
    byte[] tar = new Tars().folder("dir").file("dir/f", "new").file("dir/g", "g").bytes();
    files.putArchive("/tmp", stream(tar), true, false);
    assertThat(names("/tmp/dir")).containsExactly("dir/", "dir/f", "dir/g", "dir/sub/");
    assertThat(text("/tmp/dir/f")).isEqualTo("new");
    assertThat(files.stat("/tmp/dir").modified()).isEqualTo(Tars.TIME);
  }

  @Test
  void aLinkToAFolderIsUnpackedThrough() throws IOException {
    files.putArchive("/tmp/dl", stream(new Tars().file("g", "g").bytes()), false, false);
    assertThat(text("/tmp/dir/g")).isEqualTo("g");
  }

  @Test
  void kindsAreKeptIfAskedFor() throws IOException {
    byte[] file = new Tars().file("dir", "x").bytes();
    assertThatThrownBy(() -> files.putArchive("/tmp", stream(file), true, false))
        .hasMessage("cannot overwrite directory \"/tmp/dir\" with non-directory \"/tmp\"");
    byte[] folder = new Tars().folder("passwd").bytes();
    assertThatThrownBy(() -> files.putArchive("/etc", stream(folder), true, false))
        .hasMessage("cannot overwrite non-directory \"/etc/passwd\" with directory \"/etc\"");
    files.putArchive("/tmp", stream(file), false, false);
    assertThat(text("/tmp/dir")).isEqualTo("x");
  }

  @Test
  void ownersModesTimesLinksAndNodesAreTakenOver() throws IOException {
    TarEntry entry =
        new TarEntry("tool", TarEntry.Kind.FILE, 04751, 1_000, 2_000_000, Tars.TIME, "", 0, 0, 1);
    TarEntry device =
        new TarEntry("zero", TarEntry.Kind.CHARACTER, 0666, 0, 0, Tars.TIME, "", 1, 5, 0);
    byte[] tar =
        new Tars()
            .add(entry, new byte[] {'x'})
            .add(device, new byte[0])
            .hardLink("tool2", "tool")
            .add("pipe", TarEntry.Kind.FIFO, 0600, "", "")
            .bytes();
    files.putArchive("/tmp/dir/sub", stream(tar), false, false);
    ByteArrayOutputStream back = new ByteArrayOutputStream();
    files.getArchive("/tmp/dir/sub/.", back);
    assertThat(read(back.toByteArray()).stream().skip(1))
        .containsExactly(
            new TarEntry("./pipe", TarEntry.Kind.FIFO, 0600, 0, 0, Tars.TIME, "", 0, 0, 0),
            entry.withName("./tool"),
            new TarEntry(
                "./tool2",
                TarEntry.Kind.HARD_LINK,
                04751,
                1_000,
                2_000_000,
                Tars.TIME,
                "./tool",
                0,
                0,
                0),
            device.withName("./zero"));
    assertThat(files.stat("/tmp/dir/sub/zero").mode()).isEqualTo(1L << 26 | 1L << 21 | 0666);
    assertThat(files.stat("/tmp/dir/sub/tool").mode()).isEqualTo(1L << 23 | 0751);
  }

  /** Makes a stream that packs. */
  @FunctionalInterface
  interface Packer {
    OutputStream pack(OutputStream output) throws IOException;
  }

  static Stream<Packer> packers() {
    return Stream.of(
        output -> output,
        GZIPOutputStream::new,
        BZip2CompressorOutputStream::new,
        output -> new XZOutputStream(output, new LZMA2Options(1)),
        ZstdOutputStream::new);
  }

  @ParameterizedTest
  @MethodSource("packers")
  void packedStreamsAreUnpacked(Packer packer) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream output = packer.pack(packed)) {
      output.write(new Tars().file("packed", "unpacked").bytes());
    }
    files.putArchive("/tmp", stream(packed.toByteArray()), false, false);
    assertThat(text("/tmp/packed")).isEqualTo("unpacked");
  }

  @Test
  void changesAreToldWithTheFoldersTheyAreIn() throws IOException {
    byte[] tar =
        new Tars().file("dir/g", "g").file("dl", "no longer a link").folder("fresh").bytes();
    files.putArchive("/tmp", stream(tar), false, false);
    try (ContainerMounts mounts = trees.view(spec)) {
      Paths paths = new Paths(mounts.mounts(), Credentials.ROOT);
      paths.unlink("/etc/passwd");
      paths.rename("/tmp/dir/sub", "/tmp/moved");
    }
    assertThat(files.changes())
        .containsExactly(
            new Change(Change.Kind.MODIFIED, "/etc"),
            new Change(Change.Kind.DELETED, "/etc/passwd"),
            new Change(Change.Kind.MODIFIED, "/tmp"),
            new Change(Change.Kind.MODIFIED, "/tmp/dir"),
            new Change(Change.Kind.ADDED, "/tmp/dir/g"),
            new Change(Change.Kind.DELETED, "/tmp/dir/sub"),
            new Change(Change.Kind.MODIFIED, "/tmp/dl"),
            new Change(Change.Kind.ADDED, "/tmp/fresh"),
            new Change(Change.Kind.ADDED, "/tmp/moved"));
  }

  @Test
  void toReadChangesNothing() throws IOException {
    names("/");
    assertThat(files.changes()).isEmpty();
    assertThat(files.size()).isZero();
  }

  @Test
  void theSizeIsThatOfWhatWasWritten() throws IOException {
    files.putArchive("/etc", stream(new Tars().file("x", "12345").bytes()), false, false);
    assertThat(files.size()).isEqualTo(5);
  }

  @Test
  void aFileOfSeveralNamesIsCountedOnceAndALinkByItsTarget() throws IOException {
    byte[] more =
        new Tars()
            .file("x", "12345")
            .add("y", TarEntry.Kind.HARD_LINK, 0644, "x", "")
            .link("l", "/etc/x")
            .bytes();
    files.putArchive("/tmp", stream(more), false, false);
    assertThat(files.size()).isEqualTo(5 + 6);
  }

  @Test
  void aFileOfTheImageThatChangedItsModeCountsWhole() throws IOException {
    try (ContainerMounts mounts = trees.view(spec)) {
      new Paths(mounts.mounts(), Credentials.ROOT).setMode("/tmp/dir/f", 0600);
    }
    assertThat(files.size()).isEqualTo(text("/tmp/dir/f").length());
  }

  @Test
  void aLayerKeepsHardLinksToTheImagesFilesTogether() throws IOException {
    try (ContainerMounts mounts = trees.view(spec)) {
      new Paths(mounts.mounts(), Credentials.ROOT).hardLink("/etc/passwd", "/etc/shadow");
    }
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    files.writeLayer(layer);
    assertThat(read(layer.toByteArray()))
        .extracting(TarEntry::name, TarEntry::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("etc/", TarEntry.Kind.DIRECTORY),
            org.assertj.core.groups.Tuple.tuple("etc/passwd", TarEntry.Kind.FILE),
            org.assertj.core.groups.Tuple.tuple("etc/shadow", TarEntry.Kind.HARD_LINK));
    assertThat(files.changes()).extracting(Change::path).containsExactly("/etc", "/etc/shadow");
  }

  @Test
  void whatEveryRootHasIsNoChangeOfTheContainer() throws IOException {
    assertThat(files.stat("/.dockerenv").size()).isZero();
    assertThat(files.changes()).isEmpty();
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    files.writeLayer(layer);
    assertThat(read(layer.toByteArray())).isEmpty();
  }

  @Test
  void anExportIsTheWholeRoot() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    files.export(tar);
    assertThat(read(tar.toByteArray()))
        .extracting(TarEntry::name)
        .contains("etc/", "etc/passwd", "tmp/", "tmp/chain", "tmp/dir/sub/")
        .contains(".dockerenv", "dev/console", "dev/shm/", "etc/hosts", "etc/mtab", "proc/", "sys/")
        .hasSize(21);
  }

  @Test
  void largeContentsAndLongNamesComeBackAsTheyWere() throws IOException {
    String name = "n".repeat(200) + "é";
    String content = "0123456789".repeat(50_000);
    files.putArchive("/tmp", stream(new Tars().file(name, content).bytes()), false, false);
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    files.getArchive("/tmp/" + name, tar);
    try (TarReader reader = new TarReader(stream(tar.toByteArray()))) {
      assertThat(reader.next().orElseThrow().name()).isEqualTo(name);
      assertThat(new String(reader.content().readAllBytes(), UTF_8)).isEqualTo(content);
    }
  }

  private static TarEntry capable(String name) {
    return new TarEntry(name, TarEntry.Kind.FILE, 0755, 0, 0, Tars.TIME, "", 0, 0, 1)
        .withExtended(Map.of("security.capability", "\u0001\u0000\u0000\u0002\u00ff"));
  }

  private Map<String, String> extended(String name) throws IOException {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    files.writeLayer(layer);
    return read(layer.toByteArray()).stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow()
        .extended();
  }

  @Test
  void extendedAttributesComeInAndGoOutAgain() throws IOException {
    byte[] tar = new Tars().add(capable("ping"), new byte[1]).bytes();
    files.putArchive("/tmp", stream(tar), false, false);
    assertThat(extended("tmp/ping")).isEqualTo(capable("ping").extended());
    ByteArrayOutputStream exported = new ByteArrayOutputStream();
    files.export(exported);
    assertThat(read(exported.toByteArray()))
        .filteredOn(it -> it.name().equals("tmp/ping"))
        .extracting(TarEntry::extended)
        .containsExactly(capable("ping").extended());
  }

  @Test
  void extendedAttributesOfALayerOutliveAChangeOfModeButNotOneOfTheOwner() throws IOException {
    Path lower =
        new Tars()
            .add(capable("ping"), new byte[1])
            .add(capable("pong"), new byte[1])
            .write(host.resolve("capable.tar"));
    spec = Containers.spec(host.resolve("other"), List.of(lower));
    files = new FilesOfContainer(trees, spec);
    try (ContainerMounts mounts = trees.view(spec)) {
      Paths paths = new Paths(mounts.mounts(), Credentials.ROOT);
      paths.setMode("/ping", 0700);
      paths.setOwner("/pong", 7, 7, true);
    }
    assertThat(extended("ping")).isEqualTo(capable("ping").extended());
    assertThat(extended("pong")).isEmpty();
  }
}
