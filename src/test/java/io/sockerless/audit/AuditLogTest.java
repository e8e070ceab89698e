package io.sockerless.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.engine.EngineException;
import io.sockerless.support.Settings;
import io.sockerless.support.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("audit.log");
  }

  private AuditConfig config(long fileBytes, int files, boolean refuses) {
    return new AuditConfig(Optional.of(file()), fileBytes, files, refuses);
  }

  private static void write(AuditLog log, int from, int to) {
    for (int i = from; i < to; i++) {
      log.reserve(1);
      String line = "{\"line\":" + i + "}";
      log.add(() -> line);
    }
  }

  @Test
  void linesStandInTheOrderInWhichTheyCame() throws IOException {
    try (AuditLog log = AuditLog.open(file(), config(1 << 20, 2, true))) {
      write(log, 0, 5000);
    }

    assertThat(Files.readAllLines(file()))
        .hasSize(5000)
        .startsWith("{\"line\":0}")
        .endsWith("{\"line\":4999}");
  }

  @Test
  void anEarlierServersLinesStay() throws IOException {
    try (AuditLog log = AuditLog.open(file(), config(1 << 20, 2, true))) {
      write(log, 0, 1);
    }
    try (AuditLog log = AuditLog.open(file(), config(1 << 20, 2, true))) {
      write(log, 1, 2);
    }
    assertThat(Files.readAllLines(file())).containsExactly("{\"line\":0}", "{\"line\":1}");
  }

  @Test
  void aFullFileIsPutAsideAndTheOldestGoes() throws IOException {
    RotatedFile file = new RotatedFile(file(), 20, 3);
    try (file) {
      for (int i = 0; i < 10; i++) {
        append(file, "line number " + i + "\n");
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("audit.log", "audit.log.1", "audit.log.2");
    }
    assertThat(Files.readString(file())).isEqualTo("line number 9\n");
    assertThat(Files.readString(folder.resolve("audit.log.2"))).isEqualTo("line number 7\n");
  }

  @Test
  void aFileThatIsMovedAwayOrDeletedIsBegunAnew() throws IOException {
    RotatedFile file = new RotatedFile(file(), 12, 2);
    try (file) {
      append(file, "first\n");
      Files.move(file(), folder.resolve("aside"));
      append(file, "second\n");
      Files.delete(file());
      append(file, "third line\n");
      append(file, "fourth\n");
    }
    assertThat(folder.resolve("aside")).hasContent("first\n");
    assertThat(folder.resolve("audit.log.1")).hasContent("third line\n");
    assertThat(file()).hasContent("fourth\n");
  }

  private static void append(RotatedFile file, String text) throws IOException {
    file.append(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itsFolderIsMade() throws IOException {
    Path file = folder.resolve("records").resolve("audit.log");
    try (AuditLog log = AuditLog.open(file, config(1 << 20, 2, true))) {
      write(log, 0, 1);
    }
    assertThat(file).hasContent("{\"line\":0}");
  }

  @Test
  void nobodyButTheServersUserReadsIt() throws IOException {
    AuditLog.open(file(), config(1 << 20, 2, true)).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aFullDiskLetsNobodyInAndLosesNothing() throws IOException {
    Path full = full();
    try (AuditLog log = AuditLog.open(full, new AuditConfig(Optional.of(full), 1 << 20, 2, true))) {
      write(log, 0, 1);
      await()
          .untilAsserted(() ->
              assertThatThrownBy(
                      () -> {
                        log.reserve(1);
                        log.giveBack(1);
                      })
                  .isInstanceOf(EngineException.Unavailable.class)
                  .hasMessage("the audit cannot be written, and nobody is let in unrecorded"));

      Files.delete(full);
      Files.createSymbolicLink(full, file());
      await().untilAsserted(() -> assertThat(file()).hasContent("{\"line\":0}"));
    }
  }

  @Test
  void everyLineThatWasAcceptedIsThereOnceAFullDiskHasRoomAgain() throws IOException {
    try (SmallDisk disk = SmallDisk.of(4)) {
      Path path = disk.folder().resolve("audit.log");
      Path filler = disk.fill(64 << 10);
      AuditConfig config = new AuditConfig(Optional.of(path), 16 << 20, 2, true);
      List<String> accepted = new ArrayList<>();
      try (AuditLog log = AuditLog.open(path, config)) {
        await()
            .pollInterval(Duration.ofMillis(10))
            .atMost(Duration.ofSeconds(30))
            .until(() -> isRefused(log, accepted));
        Files.delete(filler);
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(Files.readAllLines(path)).isEqualTo(accepted));
      }
      System.getLogger(AuditLogTest.class.getName())
          .log(
              System.Logger.Level.INFO,
              "a full disk: {0} lines accepted, none of them lost",
              accepted.size());
    }
  }

  /** Writes some lines, as fast as they go; true once one is refused. */
  private static boolean isRefused(AuditLog log, List<String> accepted) {
    for (int i = 0; i < 100; i++) {
      try {
        log.reserve(1);
      } catch (EngineException.Unavailable e) {
        return true;
      }
      String line = "{\"line\":" + accepted.size() + "}";
      accepted.add(line);
      log.add(() -> line);
    }
    return false;
  }

  @Test
  void aLineThatWasCutShortStandsAlone() throws IOException {
    Files.writeString(file(), "{\"line");
    try (AuditLog log = AuditLog.open(file(), config(1 << 20, 2, true))) {
      write(log, 0, 1);
    }
    assertThat(Files.readAllLines(file())).containsExactly("{\"line", "{\"line\":0}");
  }

  @Test
  void aFullDiskCanBeLivedWith() throws IOException {
    Path full = full();
    try (AuditLog log =
        AuditLog.open(full, new AuditConfig(Optional.of(full), 1 << 20, 2, false))) {
      write(log, 0, 1);
      await().until(() -> !log.reserve(1));
      assertThat(log.reserve(1)).isFalse();
    }
  }

  /** A file to which nothing can be written, as on a full disk. */
  private Path full() throws IOException {
    return Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
  }

  @Test
  void noRoomIsAsGoodAsNoDisk() throws IOException {
    try (AuditLog log = AuditLog.open(file(), config(1 << 20, 2, true))) {
      log.reserve(AuditLog.CAPACITY);

      assertThatThrownBy(() -> log.reserve(1)).isInstanceOf(EngineException.Unavailable.class);
      log.giveBack(AuditLog.CAPACITY);
      assertThat(log.reserve(1)).isTrue();
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenStopsTheStart() throws IOException {
    Path nowhere = Files.createFile(folder.resolve("file")).resolve("audit.log");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AuditLog.open(nowhere, config(1 << 20, 2, true)))
        .withMessageStartingWith("sockerless.audit.file: " + nowhere + " cannot be written");
  }

  @Test
  void theSettingsAreThoseThatAreDocumented() {
    assertThat(AuditConfig.from(Settings.of()))
        .isEqualTo(new AuditConfig(Optional.empty(), 64L << 20, 10, true));
    assertThat(
            AuditConfig.from(
                Settings.of(
                    "sockerless.audit.file",
                    "/var/log/a",
                    "sockerless.audit.megabytes",
                    "1",
                    "sockerless.audit.files",
                    "2",
                    "sockerless.audit.unwritable",
                    "continue")))
        .isEqualTo(new AuditConfig(Optional.of(Path.of("/var/log/a")), 1L << 20, 2, false));
    for (String[] wrong :
        List.of(
            new String[] {"sockerless.audit.files", "0"},
            new String[] {"sockerless.audit.megabytes", "0"},
            new String[] {"sockerless.audit.unwritable", "perhaps"})) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AuditConfig.from(Settings.of(wrong[0], wrong[1])))
          .withMessageContaining(wrong[0]);
    }
  }
}
