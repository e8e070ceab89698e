package io.sockerless.example.machines;

import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Scratch;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The packaged server with the example's jar beside it, as an operator puts one there. */
final class MachinesServer {

  private static final Path AGENT = Path.of("target", "sockerless-agent.jar").toAbsolutePath();
  private static final String BEANS =
      """
      <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
      """;

  private MachinesServer() {}

  /** The one server of this run, which has the image {@code alpine}. */
  static SockerlessServer shared() {
    return Shared.SERVER;
  }

  /** Where its data are. */
  static Path data() {
    return Shared.FOLDER.resolve("data");
  }

  /** The image of the daemon's that its machines are made of, as a file. */
  static Path image() {
    return Shared.FOLDER.resolve("alpine.tar");
  }

  private static final class Shared {
    static final Path FOLDER;
    static final SockerlessServer SERVER;

    static {
      try {
        FOLDER = Scratch.folder("machines");
        SERVER = start(FOLDER);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
      String image = FOLDER.resolve("alpine.tar").toString();
      new DockerCli(DockerDaemon.host()).ok("save", "-o", image, "alpine");
      new DockerCli(SERVER.dockerHost()).ok("load", "-i", image);
    }
  }

  /** Skips, loudly, where there is no docker command, or nobody who may make machines. */
  static void require() {
    DockerDaemon.require();
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"),
        "only root may make machines of processes: this test did not run");
  }

  /**
   * Starts it.
   *
   * @param folder for the jar and the server's data
   */
  static SockerlessServer start(Path folder) throws IOException {
    Path extensions = Files.createDirectories(folder.resolve("extensions"));
    Path jar = extensions.resolve("machines.jar");
    pack(jar);
    return SockerlessServer.start(
        Map.of(
            "SOCKERLESS_BACKEND",
            "machines",
            "SOCKERLESS_EXTENSIONS",
            extensions.toString(),
            "SOCKERLESS_MACHINES_CLASSPATH",
            AGENT + ":" + jar,
            "SOCKERLESS_DATA",
            folder.resolve("data").toString()));
  }

  /** The jar that the author's own build would make. */
  private static void pack(Path jar) throws IOException {
    Path classes = classes();
    try (OutputStream output = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(output);
        Stream<Path> files = Files.list(classes.resolve("io/sockerless/example/machines"))) {
      entries.putNextEntry(new JarEntry("META-INF/beans.xml"));
      entries.write(BEANS.getBytes(StandardCharsets.UTF_8));
      for (Path file : files.toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
  }

  private static Path classes() {
    try {
      return Path.of(
          MachinesBackend.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
