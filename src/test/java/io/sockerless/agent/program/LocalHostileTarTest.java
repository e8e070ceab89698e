package io.sockerless.agent.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.archive.HostileTars.Case;
import io.sockerless.archive.RawTar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams that mean harm are unpacked into {@code /target} of a folder that stands for a container:
 * nothing outside is read or written, in it or around it.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class LocalHostileTarTest {

  @TempDir private Path host;
  private Path root;
  private LocalFiles files;

  @BeforeEach
  void makeContainer() throws IOException {
    Files.writeString(host.resolve("sentinel"), "host", UTF_8);
    root = Files.createDirectory(host.resolve("container"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/passwd"), "root");
    Files.writeString(root.resolve("secret"), "secret");
    Files.createDirectories(root.resolve("target/inside"));
    Files.createDirectories(root.resolve("outside"));
    Files.writeString(root.resolve("target/file"), "file");
    link("out", "/outside");
    link("up", "..");
    link("loop", "loop");
    link("passwd", "/etc/passwd");
    link("dangling", "/nowhere");
    link("here", "inside");
    link("host", host.toString());
    files = new LocalFiles(root);
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve("target").resolve(name), Path.of(target));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.sockerless.archive.HostileTars#names",
    "io.sockerless.archive.HostileTars#links",
    "io.sockerless.archive.HostileTars#hardLinks",
    "io.sockerless.archive.HostileTars#kinds",
    "io.sockerless.archive.HostileTars#bytes"
  })
  void nothingOutsideIsReadOrWritten(Case hostile) throws IOException {
    Map<String, String> before = outside();
    ByteArrayInputStream tar = new ByteArrayInputStream(hostile.tar());
    if (hostile.refused()) {
      assertThatThrownBy(() -> files.putArchive("/target", tar, false, false))
          .isInstanceOf(IOException.class);
    } else {
      files.putArchive("/target", tar, false, false);
    }
    assertThat(outside()).isEqualTo(before);
  }

  /** All files but those that are unpacked. */
  private Map<String, String> outside() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(host)) {
      for (Path path : walk.toList()) {
        if (!path.startsWith(root.resolve("target"))) {
          String told =
              Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                  ? Files.readString(path) + Files.getAttribute(path, "unix:nlink")
                  : Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toString();
          all.put(path.toString(), told + Files.getAttribute(path, "unix:mode"));
        }
      }
    }
    all.remove(root.toString());
    return all;
  }

  @Test
  void aFolderThatIsSwappedForALinkMeanwhileLeadsNowhere() throws Exception {
    Path folder = Files.createDirectory(root.resolve("target/d"));
    Path aside = root.resolve("target/aside");
    Path outside = Files.createDirectory(host.resolve("outside"));
    byte[] tar = new RawTar().file("d/a", "x").file("d/b", "x").add("d/c", '2', "x").end();
    AtomicBoolean over = new AtomicBoolean();
    Thread swapping =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                try {
                  Files.move(folder, aside);
                  Files.createSymbolicLink(folder, outside);
                  Files.delete(folder);
                  Files.move(aside, folder);
                } catch (IOException e) {
                  putBack(folder, aside);
                }
              }
            });
    for (int i = 0; i < 300; i++) {
      try {
        files.putArchive("/target", new ByteArrayInputStream(tar), false, false);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("outside/");
      }
    }
    over.set(true);
    swapping.join();
    assertThat(outside).isEmptyDirectory();
  }

  private static void putBack(Path folder, Path aside) {
    try {
      if (Files.exists(aside)) {
        try (Stream<Path> inner = Files.list(folder)) {
          for (Path each : inner.toList()) {
            Files.delete(each);
          }
        }
        Files.deleteIfExists(folder);
        Files.move(aside, folder);
      }
    } catch (IOException e) {
      // The unpacking thread is in between; the next round tries again.
    }
  }
}
