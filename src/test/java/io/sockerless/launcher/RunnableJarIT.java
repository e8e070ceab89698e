package io.sockerless.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class RunnableJarIT {

  private static final int JAVA_8 = 52;

  @Test
  void itsFirstClassRunsOnAJavaThatIsTooOldForTheServer() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target", "sockerless.jar").toFile())) {
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
}
