package io.sockerless.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunnableJarIT {

  private static final int JAVA_8 = 52;

  private static final Path JAR = Path.of("target", "sockerless.jar");

  @TempDir Path folder;
  private Path log;
  private Path temporary;

  @BeforeEach
  void makeRoom() throws IOException {
    log = folder.resolve("log");
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  /** With installations of its own, and no listeners but its socket. */
  private Process start(Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            JAR.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "XDG_CACHE_HOME",
                folder.resolve("cache").toString(),
                "SOCKERLESS_BACKEND",
                "memory",
                "SOCKERLESS_DATA",
                folder.resolve("data").toString(),
                "SOCKERLESS_HTTP_PORT",
                "0"));
    builder.environment().putAll(settings);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  @Test
  void itsFirstClassRunsOnAJavaThatIsTooOldForTheServer() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String main = jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      try (DataInputStream start =
          new DataInputStream(
              jar.getInputStream(jar.getEntry(main.replace('.', '/') + ".class")))) {
        start.readInt();
        assertThat(start.readUnsignedShort()).as("minor version").isZero();
        assertThat(start.readUnsignedShort()).as("major version").isEqualTo(JAVA_8);
      }
    }
  }

  @Test
  void aSettingThatCannotWorkIsNamedInALineAndEndsIt() throws Exception {
    Process server = start(Map.of("SOCKERLESS_LISTEN", "tcp://0.0.0.0:2375"));
    try {
      assertThat(server.waitFor(4, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      server.destroyForcibly();
    }
    assertThat(server.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("tcp://0.0.0.0:2375 is open to the network without TLS")
        .doesNotContain("at io.sockerless.edge.");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "what a process has mapped is in /proc")
  void serversLeaveWhatMakesThoseAfterThemStartFaster() throws Exception {
    assertThat(startAndStop()).as("uses a cache").isFalse();
    assertThat(installed()).contains("workarea").noneMatch(RunnableJarIT::isOfClasses);

    assertThat(startAndStop()).as("uses a cache").isFalse();
    assertOnlyOfClassesIs(".record");

    assertThat(startAndStop()).as("uses a cache").isFalse();
    assertOnlyOfClassesIs(".aot");

    assertThat(startAndStop()).as("uses a cache").isTrue();
    assertThat(names(temporary))
        .as("of the server that recorded, for another to remove")
        .filteredOn(it -> it.startsWith("sockerless-instance-"))
        .hasSize(1);
  }

  /** Whether it had mapped a cache of classes when it was ready. */
  private boolean startAndStop() throws Exception {
    Process server = start(Map.of("SOCKERLESS_LISTEN", "unix://" + folder.resolve("docker.sock")));
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> !server.isAlive() || Files.readString(log).contains("CWWKF0011I"));
      boolean cached =
          Files.readString(Path.of("/proc", Long.toString(server.pid()), "maps")).contains(".aot");
      server.destroy();
      assertThat(server.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
      assertThat(Files.readString(log)).doesNotContain("ERROR", "WARN", "rror:");
      return cached;
    } finally {
      server.destroyForcibly();
    }
  }

  private void assertOnlyOfClassesIs(String kind) throws IOException {
    assertThat(installed())
        .filteredOn(RunnableJarIT::isOfClasses)
        .singleElement()
        .asString()
        .endsWith(kind);
  }

  private static boolean isOfClasses(String file) {
    return file.startsWith("classes-");
  }

  /** What lies beside the server that was unpacked. */
  private List<String> installed() throws IOException {
    Path all = folder.resolve("cache").resolve("sockerless");
    return names(all.resolve(names(all).getFirst()));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }
}
