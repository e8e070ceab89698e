package io.sockerless.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnableJarIT {

  private static final int JAVA_8 = 52;

  private static final Path JAR = Path.of("target", "sockerless.jar");

  @TempDir Path folder;

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
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "SOCKERLESS_LISTEN", "tcp://0.0.0.0:2375",
                "SOCKERLESS_BACKEND", "memory",
                "SOCKERLESS_DATA", folder.resolve("data").toString()));
    Process server = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
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
}
