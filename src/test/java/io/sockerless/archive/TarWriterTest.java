package io.sockerless.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockerless.archive.TarEntry.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back as it was, by this package's reader and by the tools there are. */
class TarWriterTest {

  private static final Instant TIME = Instant.parse("2024-05-06T07:08:09Z");

  private static TarEntry entry(String name, Kind kind, String target, long size) {
    return new TarEntry(name, kind, 0644, 0, 0, TIME, target, 0, 0, size);
  }

  private static byte[] written(List<TarEntry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(bytes)) {
      for (TarEntry each : entries) {
        writer.put(each, new ByteArrayInputStream(content(each)));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] content(TarEntry entry) {
    byte[] content = new byte[(int) entry.size()];
    Arrays.fill(content, (byte) 'x');
    return content;
  }

  private static List<TarEntry> read(byte[] tar) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar))) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(next.get());
        assertThat(reader.content().readAllBytes()).isEqualTo(content(next.get()));
      }
    }
    return entries;
  }

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(@ForAll("entries") List<TarEntry> entries) throws IOException {
    assertThat(read(written(entries))).isEqualTo(entries);
  }

  @Provide
  static Arbitrary<List<TarEntry>> entries() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("abcdefghij./ -é日\n")
            .withChars('\ud83d', '\ude00')
            .ofMinLength(1)
            .ofMaxLength(300)
            .filter(name -> !name.endsWith("/") && UTF_8.newEncoder().canEncode(name));
    Arbitrary<Long> owners = Arbitraries.longs().between(0, 0xffffffffL);
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.longs().between(-70_000_000_000L, 200_000_000_000L),
                Arbitraries.integers().between(0, 999_999_999))
            .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos));
    return Combinators.combine(
            names,
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, 07777),
            owners,
            owners,
            times,
            names,
            Arbitraries.integers().between(0, 20_000))
        .as(TarWriterTest::entry)
        .list()
        .ofMaxSize(5);
  }

  private static TarEntry entry(
      String name,
      Kind kind,
      int mode,
      long uid,
      long gid,
      Instant modified,
      String target,
      int number) {
    boolean link = kind == Kind.SYMLINK || kind == Kind.HARD_LINK;
    boolean device = kind == Kind.CHARACTER || kind == Kind.BLOCK;
    return new TarEntry(
        kind == Kind.DIRECTORY ? name + "/" : name,
        kind,
        mode,
        uid,
        gid,
        modified,
        link ? target : "",
        device ? number : 0,
        device ? number * 1_000 : 0,
        kind == Kind.FILE ? number : 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {077777777777L, 0100000000000L, 1L << 40})
  void aSizeOfAnyLengthIsTold(long size) throws IOException {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("enough");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    try (TarWriter writer = new TarWriter(start)) {
      writer.put(entry("large", Kind.FILE, "", size), failing);
    } catch (IOException e) {
      assertThat(e).hasMessage("enough");
    }
    TarReader reader = new TarReader(new ByteArrayInputStream(start.toByteArray()));
    assertThat(reader.next().orElseThrow().size()).isEqualTo(size);
  }

  @Test
  void zerosStandForWhatAFileHasLost() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(bytes)) {
      writer.put(entry("cut", Kind.FILE, "", 1_000), new ByteArrayInputStream(new byte[] {7}));
      writer.put(entry("next", Kind.FILE, "", 0));
    }
    TarReader reader = new TarReader(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(reader.next().orElseThrow().name()).isEqualTo("cut");
    byte[] expected = new byte[1_000];
    expected[0] = 7;
    assertThat(reader.content().readAllBytes()).isEqualTo(expected);
    assertThat(reader.next().orElseThrow().name()).isEqualTo("next");
  }

  static List<List<String>> tools() {
    return List.of(List.of("tar"), List.of("busybox", "tar"));
  }

  /** In folders no longer than ustar has room for, since busybox knows no PAX names. */
  @ParameterizedTest
  @MethodSource("tools")
  void othersListAndUnpackIt(List<String> tool, @TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool.getFirst())));
    String deep = "d".repeat(90) + "/" + "e".repeat(60) + "/f";
    List<TarEntry> entries =
        List.of(
            entry("file", Kind.FILE, "", 1_025),
            entry("folder", Kind.DIRECTORY, "", 0),
            entry("folder/größe", Kind.FILE, "", 0),
            entry("link", Kind.SYMLINK, "file", 0),
            entry("hard", Kind.HARD_LINK, "file", 0),
            entry(deep, Kind.FILE, "", 512));
    Files.write(folder.resolve("a.tar"), written(entries));
    assertThat(run(folder, tool, "-tf"))
        .containsExactly("file", "folder/", "folder/größe", "link", "hard", deep);
    assertThat(run(folder, tool, "-xf")).isEmpty();
    assertThat(folder.resolve(deep)).hasSize(512);
    assertThat(folder.resolve("hard")).hasSize(1_025);
    assertThat(Files.readSymbolicLink(folder.resolve("link"))).hasToString("file");
    assertThat(Files.getLastModifiedTime(folder.resolve("file")).toInstant()).isEqualTo(TIME);
  }

  @Test
  void gnuTarReadsWhatOnlyPaxCanTell(@TempDir Path folder) throws Exception {
    String name = "n".repeat(200);
    Instant precise = TIME.plusNanos(123_456_789);
    TarEntry entry = new TarEntry(name, Kind.FILE, 0600, 0, 0, precise, "", 0, 0, 3);
    Files.write(folder.resolve("a.tar"), written(List.of(entry)));
    assertThat(run(folder, List.of("tar"), "-xf")).isEmpty();
    assertThat(Files.getLastModifiedTime(folder.resolve(name)).toInstant()).isEqualTo(precise);
  }

  private static List<String> run(Path folder, List<String> tool, String how) throws Exception {
    List<String> command = new ArrayList<>(tool);
    command.addAll(List.of(how, "a.tar"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }
}
