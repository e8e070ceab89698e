package io.sockerless.backend.memory.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.archive.HostileTars;
import io.sockerless.archive.HostileTars.Case;
import io.sockerless.archive.RawTar;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.Snapshots;
import io.sockerless.backend.memory.fs.Tars;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams that mean harm are unpacked into {@code /target}: nothing outside it is read or written,
 * in the container or on the host, and the stream is refused or does no harm.
 */
class HostileTarTest {

  @TempDir private Path host;
  private ContainerTrees trees;
  private ContainerSpec spec;

  @BeforeEach
  void makeContainer() throws IOException {
    Files.writeString(host.resolve("sentinel"), "host", UTF_8);
    Path layer =
        new Tars()
            .file("etc/passwd", "root")
            .file("secret", "secret")
            .folder("target/")
            .folder("target/inside")
            .file("target/file", "file")
            .folder("outside")
            .link("target/out", "/outside")
            .link("target/up", "..")
            .link("target/loop", "loop")
            .link("target/passwd", "/etc/passwd")
            .link("target/dangling", "/nowhere")
            .link("target/here", "inside")
            .link("target/host", host.toString())
            .write(host.resolve("layer.tar"));
    trees = Containers.trees();
    spec =
        Containers.spec(
            host.resolve("container"),
            List.of(layer),
            Json.createObjectBuilder()
                .add("StorageOpt", Json.createObjectBuilder().add("size", "1m"))
                .build());
  }

  static Stream<Case> quotas() {
    byte[] large = new RawTar().add("a", '0', "", "0".repeat(3 << 20)).end();
    return Stream.of(
        new Case("more than the quota", large, true),
        new Case("a bomb", HostileTars.gzip(large), true),
        new Case(
            "a sparse file larger than the quota",
            HostileTars.sparse("1099511627776", "0,1"),
            true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.sockerless.archive.HostileTars#names",
    "io.sockerless.archive.HostileTars#links",
    "io.sockerless.archive.HostileTars#hardLinks",
    "io.sockerless.archive.HostileTars#kinds",
    "io.sockerless.archive.HostileTars#bytes",
    "quotas"
  })
  void nothingOutsideIsReadOrWritten(Case hostile) throws IOException {
    Map<String, String> containerBefore = outside();
    Map<String, String> hostBefore = hostFiles();
    FilesOfContainer files = new FilesOfContainer(trees, spec);
    ByteArrayInputStream tar = new ByteArrayInputStream(hostile.tar());
    if (hostile.refused()) {
      assertThatThrownBy(() -> files.putArchive("/target", tar, false, false))
          .isInstanceOf(IOException.class);
    } else {
      files.putArchive("/target", tar, false, false);
    }
    assertThat(outside()).isEqualTo(containerBefore);
    assertThat(hostFiles()).isEqualTo(hostBefore);
    assertThat(files.size()).isLessThanOrEqualTo(1 << 20);
  }

  /** The container's files but those in the folder that is unpacked into. */
  private Map<String, String> outside() throws IOException {
    try (ContainerMounts mounts = trees.view(spec)) {
      Paths paths = new Paths(mounts.mounts(), Credentials.ROOT);
      Map<String, String> all = Snapshots.of(paths.locate("/").node(), true);
      all.keySet().removeIf(path -> path.startsWith("/target"));
      FileStat secret = paths.stat("/secret");
      assertThat(secret.links()).isEqualTo(1);
      return all;
    }
  }

  /** The host's files but those that the container's are kept in. */
  private Map<String, String> hostFiles() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(host)) {
      for (Path path : walk.toList()) {
        if (!path.startsWith(host.resolve("container"))) {
          all.put(
              path.toString(),
              Files.isRegularFile(path) ? Files.getLastModifiedTime(path).toString() : "");
        }
      }
    }
    return all;
  }
}
