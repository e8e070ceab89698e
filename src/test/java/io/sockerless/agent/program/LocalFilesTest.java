package io.sockerless.agent.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockerless.agent.program.LocalFiles.PathStat;
import io.sockerless.agent.program.posix.Identity;
import io.sockerless.archive.HostileTars;
import io.sockerless.archive.RawTar;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copying from and to the real file system: the same answers as dockerd gives of an image. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LocalFilesTest {

  private static final Instant TIME = Instant.parse("2024-01-02T03:04:05.678901234Z");

  @TempDir private Path root;
  private LocalFiles files;

  @BeforeEach
  void makeContainer() throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/passwd"), "root");
    Files.createDirectories(root.resolve("tmp/dir/sub"));
    Files.writeString(root.resolve("tmp/dir/f"), "hi\n");
    Files.createSymbolicLink(root.resolve("tmp/dl"), Path.of("dir"));
    Files.createSymbolicLink(root.resolve("tmp/dang"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("tmp/pl"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(root.resolve("tmp/chain"), Path.of("dl/f"));
    for (String folder : List.of("", "etc", "tmp", "tmp/dir", "tmp/dir/sub")) {
      Files.setPosixFilePermissions(
          root.resolve(folder), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (String file : List.of("etc/passwd", "tmp/dir/f")) {
      Files.setPosixFilePermissions(
          root.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.setLastModifiedTime(root.resolve("tmp/dir/f"), FileTime.from(TIME));
    files = new LocalFiles(root);
  }

  private void put(String path, byte[] tar, boolean keepKinds) throws IOException {
    files.putArchive(path, new ByteArrayInputStream(tar), keepKinds, false);
  }

  private byte[] get(String path) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    files.getArchive(path, tar);
    return tar.toByteArray();
  }

  private static List<TarEntry> read(byte[] tar) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar))) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(next.get());
      }
    }
    return entries;
  }

  private List<String> names(String path) throws IOException {
    return read(get(path)).stream().map(TarEntry::name).toList();
  }

  private static byte[] tar(TarEntry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(bytes)) {
      for (TarEntry entry : entries) {
        writer.put(entry, new ByteArrayInputStream("content".getBytes(UTF_8)));
      }
    }
    return bytes.toByteArray();
  }

  private static TarEntry entry(String name, Kind kind, int mode, String target) {
    int uid = Identity.ownUid();
    int gid = Identity.ownGid();
    return new TarEntry(name, kind, mode, uid, gid, TIME, target, 0, 0, kind == Kind.FILE ? 7 : 0);
  }

  private String text(String path) throws IOException {
    return Files.readString(root.resolve(path));
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
    assertThat(files.stat("/tmp/dir/f").modified()).isEqualTo(TIME);
    assertThat(files.stat("/tmp/dir/f").size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp/dir, dir/ dir/f dir/sub/",
    "/tmp/dir/, dir/ dir/f dir/sub/",
    "/tmp/dir/., ./ ./f ./sub/",
    "/tmp/dl, dl",
    "/tmp/dl/, dl/ dl/f dl/sub/",
    "/tmp/dl/f, f",
    "/etc/., ./ ./passwd",
    "/, / /etc/ /etc/passwd /tmp/ /tmp/chain /tmp/dang /tmp/dir/ /tmp/dir/f /tmp/dir/sub/ "
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
    assertThatThrownBy(() -> put(path, new byte[0], false)).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @CsvSource({"/etc/passwd/x", "/tmp/pl/", "/tmp/dir/f/", "/tmp/dir/f/."})
  void whatLeadsThroughAFileIsNoFolder(String path) {
    assertThatThrownBy(() -> files.stat(path)).isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void filesAreUnpackedIntoFoldersAlone() {
    assertThatThrownBy(() -> put("/etc/passwd", new byte[0], false))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void aFolderIsMergedAndAFileReplaced() throws IOException {
    byte[] tar =
        tar(
            entry("dir", Kind.DIRECTORY, 0700, ""),
            entry("dir/f", Kind.FILE, 0640, ""),
            entry("dir/g", Kind.FILE, 0640, ""));
    put("/tmp", tar, true);
    assertThat(names("/tmp/dir")).containsExactly("dir/", "dir/f", "dir/g", "dir/sub/");
    assertThat(text("tmp/dir/f")).isEqualTo("content");
    assertThat(files.stat("/tmp/dir").modified()).isEqualTo(TIME);
  }

  @Test
  void aLinkToAFolderIsUnpackedThrough() throws IOException {
    put("/tmp/dl", new RawTar().file("g", "g").end(), false);
    assertThat(text("tmp/dir/g")).isEqualTo("g");
  }

  @Test
  void kindsAreKeptIfAskedFor() throws IOException {
    byte[] file = new RawTar().file("dir", "x").end();
    assertThatThrownBy(() -> put("/tmp", file, true))
        .hasMessage("cannot overwrite directory \"/tmp/dir\" with non-directory \"/tmp\"");
    byte[] folder = new RawTar().add("passwd/", '5', "").end();
    assertThatThrownBy(() -> put("/etc", folder, true))
        .hasMessage("cannot overwrite non-directory \"/etc/passwd\" with directory \"/etc\"");
    put("/tmp", file, false);
    assertThat(text("tmp/dir")).isEqualTo("x");
  }

  @Test
  void modesTimesLinksAndPipesAreTakenOverAndComeBack() throws IOException {
    TarEntry tool = entry("tool", Kind.FILE, 04751, "");
    byte[] tar =
        tar(
            tool,
            entry("tool2", Kind.HARD_LINK, 0, "tool"),
            entry("link", Kind.SYMLINK, 0777, "/anywhere"),
            entry("pipe", Kind.FIFO, 0620, ""));
    put("/tmp/dir/sub", tar, false);
    assertThat(read(get("/tmp/dir/sub/.")).stream().skip(1))
        .containsExactly(
            entry("./link", Kind.SYMLINK, 0777, "/anywhere"),
            entry("./pipe", Kind.FIFO, 0620, ""),
            tool.withName("./tool"),
            entry("./tool2", Kind.HARD_LINK, 04751, "./tool"));
    assertThat(files.stat("/tmp/dir/sub/tool").mode()).isEqualTo(1L << 23 | 0751);
  }

  @Test
  void ownersAndDevicesAreTakenOverByRoot() throws IOException {
    assumeTrue(Identity.ownUid() == 0, "the agent is not root");
    TarEntry owned = new TarEntry("o", Kind.FILE, 0600, 1_000, 2_000_000, TIME, "", 0, 0, 7);
    TarEntry device = new TarEntry("z", Kind.CHARACTER, 0666, 0, 0, TIME, "", 1, 5, 0);
    TarEntry high = new TarEntry("zz", Kind.BLOCK, 0666, 0, 0, TIME, "", 259, 1_025, 0);
    put("/tmp/dir/sub", tar(owned, device, high), false);
    assertThat(read(get("/tmp/dir/sub/.")).stream().skip(1))
        .containsExactly(owned.withName("./o"), device.withName("./z"), high.withName("./zz"));
  }

  @Test
  void aStreamPackedByGzipIsUnpacked() throws IOException {
    put("/tmp", HostileTars.gzip(new RawTar().file("packed", "unpacked").end()), false);
    assertThat(text("tmp/packed")).isEqualTo("unpacked");
  }

  @Test
  void holesStayHoles() throws IOException {
    put("/tmp", HostileTars.sparse("10000000000", "4096,1"), false);
    Path sparse = root.resolve("tmp/a");
    assertThat(Files.size(sparse)).isEqualTo(10_000_000_000L);
    assertThat(files.stat("/tmp/a").size()).isEqualTo(10_000_000_000L);
    try (var content = Files.newInputStream(sparse)) {
      content.skipNBytes(4_096);
      assertThat(content.read()).isEqualTo('x');
    }
  }

  @Test
  void largeContentsAndNamesInAnyScriptComeBackAsTheyWere() throws IOException {
    String name = "n".repeat(200) + "é日";
    String content = "0123456789".repeat(50_000);
    put("/tmp", new RawTar().pax("path", name).file("x", content).end(), false);
    try (TarReader reader = new TarReader(new ByteArrayInputStream(get("/tmp/" + name)))) {
      assertThat(reader.next().orElseThrow().name()).isEqualTo(name);
      assertThat(new String(reader.content().readAllBytes(), UTF_8)).isEqualTo(content);
    }
  }

  @Test
  void aNameThatIsNoTextIsAnErrorAndNotLeftOut() throws Exception {
    LocalProcess process =
        LocalProcess.start(
            Commands.shell("cd '" + root + "/tmp/dir' && touch \"$(printf 'a\\377b')\""));
    assertThat(Commands.exit(process)).isZero();
    assertThatThrownBy(() -> get("/tmp/dir"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("invalid or incomplete multibyte");
    LocalProcess removing = LocalProcess.start(Commands.shell("rm -r '" + root + "/tmp/dir'"));
    assertThat(Commands.exit(removing)).isZero();
  }

  @Test
  void whatTheKernelMakesUpIsAnEmptyFolder() throws Exception {
    LocalProcess terminal = LocalProcess.start(Commands.terminal("echo ready; cat"));
    Commands.readUntil(terminal, "ready");
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    new LocalFiles(Path.of("/")).getArchive("/dev/.", tar);
    assertThat(read(tar.toByteArray()))
        .extracting(TarEntry::name)
        .contains("./", "./null", "./pts/")
        .noneMatch(name -> name.matches("\\./pts/.+"));
    terminal.signal(9);
    assertThat(Commands.exit(terminal)).isEqualTo(137);
  }

  @Test
  void nothingStaysOpen() throws IOException {
    byte[] tar = new RawTar().file("a/b/c", "x").add("l", '2', "a").file("l/d", "x").end();
    int before = Path.of("/proc/self/fd").toFile().list().length;
    for (int i = 0; i < 50; i++) {
      put("/tmp", tar, false);
      get("/");
      assertThatThrownBy(() -> files.stat("/tmp/dang/")).isInstanceOf(IOException.class);
    }
    assertThat(Path.of("/proc/self/fd").toFile().list()).hasSizeLessThan(before + 20);
    assertThat(Files.exists(root.resolve("tmp/a/d"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }
}
