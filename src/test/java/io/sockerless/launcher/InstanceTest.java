package io.sockerless.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

  @TempDir private Path folder;

  private Path instance(String name, Duration age) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("sockerless-instance-" + name));
    Files.createFile(directory.resolve("lock"));
    Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(age)));
    return directory;
  }

  @Test
  void aServerThatTookLongToStartRemovesWhatOthersLeftAndKeepsItsOwn() throws IOException {
    Path own = instance("own", Duration.ofMinutes(5));
    Path killed = instance("killed", Duration.ofMinutes(5));
    Path starting = instance("starting", Duration.ofSeconds(5));
    Instance instance = new Instance(own);
    try (FileLock lock = instance.lock()) {
      instance.removeAbandoned();
      assertThat(lock.isValid()).isTrue();
    }
    assertThat(killed).doesNotExist();
    assertThat(own).isDirectory();
    assertThat(starting).isDirectory();
  }
}
