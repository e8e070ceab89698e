package io.sockerless.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sockerless.archive.TarEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what other programs write; hostile input has its tests where it is unpacked. */
class TarReaderTest {

  private static TarReader reader(byte[] tar) {
    return new TarReader(new ByteArrayInputStream(tar));
  }

  private static TarEntry first(byte[] tar) throws IOException {
    return reader(tar).next().orElseThrow();
  }

  @Test
  void membersComeInTheirOrderWithTheirContent() throws IOException {
    TarReader reader =
        reader(new RawTar().file("a", "one").file("b", "").file("c", "x".repeat(513)).end());
    assertThat(reader.next().orElseThrow().name()).isEqualTo("a");
    assertThat(reader.content()).hasContent("one");
    assertThat(reader.next().orElseThrow().name()).isEqualTo("b");
    assertThat(reader.content()).isEmpty();
    assertThat(reader.next().orElseThrow().size()).isEqualTo(513);
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void anEndThatIsCutIsNoneButOneOfOneBlockIs() throws IOException {
    byte[] whole = new RawTar().file("a", "one").end();
    TarReader cut = reader(Arrays.copyOf(whole, whole.length - 1));
    cut.next();
    assertThatThrownBy(cut::next).isInstanceOf(IOException.class).hasMessageContaining("end");
    TarReader one = reader(Arrays.copyOf(whole, whole.length - 512));
    one.next();
    assertThat(one.next()).isEmpty();
  }

  @Test
  void aContentThatWasNotReadIsPassed() throws IOException {
    TarReader reader = reader(new RawTar().file("a", "x".repeat(2_000)).file("b", "b").end());
    reader.next();
    InputStream content = reader.content();
    assertThat(content.read()).isEqualTo('x');
    assertThat(reader.next().orElseThrow().name()).isEqualTo("b");
    assertThatThrownBy(content::read).isInstanceOf(IOException.class);
  }

  @Test
  void paxRecordsStandOverTheHeader() throws IOException {
    String records =
        RawTar.record("path", "é/long")
            + RawTar.record("uid", "3000000000")
            + RawTar.record("mtime", "1700000000.123456789");
    TarEntry entry = first(new RawTar().add("p", 'x', "", records).file("short", "").end());
    assertThat(entry.name()).isEqualTo("é/long");
    assertThat(entry.uid()).isEqualTo(3_000_000_000L);
    assertThat(entry.modified()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123_456_789));
  }

  @Test
  void globalRecordsHoldUntilALocalOneSaysOtherwise() throws IOException {
    TarReader reader =
        reader(
            new RawTar()
                .add("g", 'g', "", RawTar.record("gid", "7"))
                .file("a", "")
                .pax("gid", "8")
                .file("b", "")
                .file("c", "")
                .end());
    assertThat(reader.next().orElseThrow().gid()).isEqualTo(7);
    assertThat(reader.next().orElseThrow().gid()).isEqualTo(8);
    assertThat(reader.next().orElseThrow().gid()).isEqualTo(7);
  }

  @Test
  void longNamesOfGnuAreRead() throws IOException {
    String name = "n".repeat(300);
    TarEntry entry =
        first(
            new RawTar()
                .add("././@LongLink", 'L', "", name + "\0")
                .add("././@LongLink", 'K', "", "target" + name + "\0")
                .add("n", '2', "t")
                .end());
    assertThat(entry.name()).isEqualTo(name);
    assertThat(entry.linkTarget()).isEqualTo("target" + name);
  }

  @Test
  void anOldArchivesFoldersEndInASlash() throws IOException {
    assertThat(first(new RawTar().add("folder/", '\0', "").end()).kind()).isEqualTo(Kind.DIRECTORY);
    assertThat(first(new RawTar().add("file", '\0', "").end()).kind()).isEqualTo(Kind.FILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=posix --sparse-version=0.0",
        "--format=posix --sparse-version=0.1",
        "--format=posix --sparse-version=1.0"
      })
  void sparseFilesOfGnuTarAreRead(String format, @TempDir Path folder) throws Exception {
    assumeThat(Path.of("/usr/bin/tar")).exists();
    Path file = folder.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < 30; i++) {
        sparse.seek(i * 100_000L);
        sparse.write(("piece " + i).getBytes(UTF_8));
      }
      sparse.setLength(5_000_000);
    }
    Files.writeString(folder.resolve("after"), "after", UTF_8);
    ProcessBuilder command = new ProcessBuilder("/usr/bin/tar", "c", "-S", "-C", "" + folder);
    command.command().addAll(List.of(format.split(" ")));
    command.command().addAll(List.of("sparse", "after"));
    Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    byte[] tar = process.getInputStream().readAllBytes();
    assertThat(tar.length).isLessThan(1_000_000);
    TarReader reader = reader(tar);
    TarEntry entry = reader.next().orElseThrow();
    assertThat(entry.name()).isEqualTo("sparse");
    assertThat(entry.size()).isEqualTo(5_000_000);
    assertThat(reader.pieces()).hasSizeGreaterThan(20);
    assertThat(reader.content().readAllBytes()).isEqualTo(Files.readAllBytes(file));
    assertThat(reader.next().orElseThrow().name()).isEqualTo("after");
    assertThat(reader.content()).hasContent("after");
  }

  @Provide
  Arbitrary<TarEntry> entries() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.strings().withChars("abcé/ ").ofMinLength(1).ofMaxLength(300),
            Arbitraries.integers().between(0, 07777),
            Arbitraries.longs().between(0, 1L << 32),
            Arbitraries.longs().between(0, 1L << 40),
            Arbitraries.integers().between(0, 255))
        .as((kind, name, mode, id, time, number) ->
            new TarEntry(
                    "x" + name + (kind == Kind.DIRECTORY ? "/" : "x"),
                    kind,
                    mode,
                    id,
                    id / 3,
                    Instant.ofEpochSecond(time / 1_000, time % 1_000 * 1_000_000),
                    kind == Kind.SYMLINK || kind == Kind.HARD_LINK ? "l" + name : "",
                    kind == Kind.CHARACTER || kind == Kind.BLOCK ? number : 0,
                    kind == Kind.CHARACTER || kind == Kind.BLOCK ? 255 - number : 0,
                    kind == Kind.FILE ? number * 7L : 0)
                .withExtended(
                    number % 3 == 0
                        ? Map.of("user.é" + name, "\u00ff\u0001=\n" + name.replace("é", "\u00e9"))
                        : Map.of()));
  }

  @Test
  void moreExtendedAttributesThanLinuxKeepsAreRefused() {
    String records = RawTar.record("SCHILY.xattr.user.a", "x".repeat(70_000));
    assertThatThrownBy(() -> first(new RawTar().add("p", 'x', "", records).file("f", "").end()))
        .hasMessageContaining("extended attributes");
  }

  @Property(tries = 500)
  void whatWasWrittenIsRead(@ForAll List<@net.jqwik.api.From("entries") TarEntry> entries)
      throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(tar)) {
      for (TarEntry entry : entries) {
        byte[] content = new byte[(int) entry.size()];
        Arrays.fill(content, (byte) entry.size());
        writer.put(entry, new ByteArrayInputStream(content));
      }
    }
    TarReader reader = reader(tar.toByteArray());
    for (TarEntry entry : entries) {
      assertThat(reader.next()).contains(entry);
      byte[] content = reader.content().readAllBytes();
      assertThat(content).hasSize((int) entry.size());
    }
    assertThat(reader.next()).isEmpty();
  }

  @Property(tries = 1_000)
  void anyBytesAreReadOrRefused(@ForAll byte[] noise, @ForAll int at) throws IOException {
    byte[] tar =
        new RawTar().pax("path", "long").file("a", "content").add("b", '2', "target").end();
    for (int i = 0; i < noise.length; i++) {
      tar[Math.floorMod(at + i * 31, tar.length)] = noise[i];
    }
    TarReader reader = reader(tar);
    try {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        assertThat(reader.content().readAllBytes().length).isLessThanOrEqualTo(tar.length);
      }
    } catch (IOException e) {
      assertThat(e).isInstanceOf(IOException.class);
    }
  }
}
