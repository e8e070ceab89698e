package io.sockerless.backend.memory.utility.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.BusyBox;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts do with packages, compared with BusyBox. */
class ArTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/bin", "TZ", "UTC");
  private static final String LONG_NAME = "a-name-longer-than-sixteen.txt";
  private static final long TIME = 86_400L * 40;

  private final Sandbox sandbox = new Sandbox().asChild();

  private static byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArArchiveOutputStream archive = new ArArchiveOutputStream(bytes)) {
      add(archive, "//", LONG_NAME + "/\n", 0);
      add(archive, "debian-binary", "2.0\n", 0644);
      add(archive, "odd", "one", 0755);
      add(archive, "/0", "long\n", 0600);
      add(archive, "empty", "", 0640);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ArArchiveOutputStream archive, String name, String text, int mode)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    archive.putArchiveEntry(new ArArchiveEntry(name, content.length, 7, 8, 0100000 | mode, TIME));
    archive.write(content);
    archive.closeArchiveEntry();
  }

  private static String told(String output, String errors, int code) {
    return output + errors + "=> " + code;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ar t x.a",
        "ar -t x.a",
        "ar tv x.a",
        "ar -v -t x.a odd",
        "ar p x.a debian-binary",
        "ar p x.a",
        "ar t x.a nothing",
        "ar x x.a",
        "ar xv x.a odd",
        "ar xo x.a empty debian-binary",
        "ar x x.a there",
        "ar t missing",
        "ar t junk",
        "ar t short",
      })
  void behavesAsBusyBoxDoes(String line) throws IOException {
    List<String> words = List.of(line.split(" "));
    ArchiveUtilities.programs().forEach(sandbox::with);
    ENVIRONMENT.forEach(sandbox::withEnvironment);
    try (BusyBox busyBox = BusyBox.inEmptyFolder()) {
      for (Map.Entry<String, byte[]> file :
          Map.of(
                  "x.a",
                  archive(),
                  "junk",
                  "nothing of the kind".getBytes(StandardCharsets.UTF_8),
                  "short",
                  "no".getBytes(StandardCharsets.UTF_8))
              .entrySet()) {
        Files.write(busyBox.folder().resolve(file.getKey()), file.getValue());
        sandbox.withFile("/work/" + file.getKey(), 0644, file.getValue());
      }
      BusyBox.Result theirs = busyBox.run(ENVIRONMENT, "", words);
      Sandbox.Result ours = sandbox.run(words.toArray(String[]::new));
      assertThat(told(ours.output(), ours.errors(), ours.code()))
          .isEqualTo(told(theirs.output(), theirs.errors(), theirs.code()));
      for (String name : List.of("debian-binary", "odd", LONG_NAME, "empty")) {
        boolean made = Files.exists(busyBox.folder().resolve(name));
        assertThat(sandbox.files().exists("/work/" + name)).as(name).isEqualTo(made);
        if (made) {
          assertThat(sandbox.read("/work/" + name))
              .isEqualTo(Files.readString(busyBox.folder().resolve(name)));
        }
      }
    }
  }

  @Test
  void modesAndTimesComeBack() throws IOException {
    ArchiveUtilities.programs().forEach(sandbox::with);
    sandbox.withFile("/work/x.a", 0644, archive());
    assertThat(sandbox.run("ar", "xo", "x.a").code()).isZero();
    assertThat(sandbox.files().stat("/work/odd").mode()).isEqualTo(0755);
    assertThat(sandbox.files().stat("/work/" + LONG_NAME).mode()).isEqualTo(0600);
    assertThat(sandbox.files().stat("/work/odd").modified().getEpochSecond()).isEqualTo(TIME);
  }

  @Test
  void whatIsThereStays() {
    ArchiveUtilities.programs().forEach(sandbox::with);
    sandbox.withFile("/work/x.a", 0644, archive()).withFile("/work/odd", "mine");
    assertThat(sandbox.run("ar", "x", "x.a", "odd").code()).isEqualTo(1);
    assertThat(sandbox.read("/work/odd")).isEqualTo("mine");
  }

  @Test
  void oneThingIsAskedForAtATime() {
    ArchiveUtilities.programs().forEach(sandbox::with);
    sandbox.withFile("/work/x.a", 0644, archive());
    assertThat(sandbox.run("ar", "xt", "x.a").code()).isEqualTo(1);
    assertThat(sandbox.run("ar", "t").code()).isEqualTo(1);
    assertThat(sandbox.run("ar").code()).isEqualTo(1);
  }
}
