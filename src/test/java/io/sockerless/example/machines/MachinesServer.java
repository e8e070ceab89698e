package io.sockerless.example.machines;

import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The packaged server with the example's jar beside it, as an operator puts one there. */
final class MachinesServer {

  private static final Path AGENT = Path.of("target", "sockerless-agent.jar").toAbsolutePath();
  private static final String BEANS =
      """
      <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
      """;

  private MachinesServer() {}

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
