package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.support.Settings;
import io.sockerless.support.SmallDisk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten megabytes that become ten gigabytes when they are unpacked, on a disk that has not so many.
 */
@Timeout(120)
class GzipBombTest {

  private static final long UNPACKED = 10L << 30;
  private static final int PIECE = 16 << 20;
  private static final int DISK_MEGABYTES = 160;

  /** What one piece of work may leave on the heap beside what was there. */
  private static final long HEAP_MEGABYTES = 48;

  private static SmallDisk disk;
  private static Engine engine;

  @BeforeAll
  static void open() {
    disk = SmallDisk.of(DISK_MEGABYTES);
    Settings settings =
        Settings.of(
            "sockerless.data",
            disk.folder().resolve("data").toString(),
            "sockerless.images.embedded",
            "false");
    engine =
        new MemoryBackend()
            .create(
                new BackendContext(
                    settings, new AgentRegistry(Duration.ofSeconds(1)), Runnable::run));
  }

  @AfterAll
  static void close() throws IOException {
    if (engine instanceof Closeable closeable) {
      closeable.close();
      disk.close();
    }
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  /** The head of a file of ten gigabytes, as a tar stream has it. */
  private static byte[] head(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Closed, it fails where the content begins.
    InputStream nothing = InputStream.nullInputStream();
    try {
      nothing.close();
      new TarWriter(bytes)
          .put(
              new TarEntry(name, TarEntry.Kind.FILE, 0644, 0, 0, Instant.EPOCH, "", 0, 0, UNPACKED),
              nothing);
    } catch (IOException e) {
      return bytes.toByteArray();
    }
    throw new IllegalStateException("the content was not asked for");
  }

  private static Body bomb(String name) throws IOException {
    byte[] piece = packed(new byte[PIECE]);
    List<InputStream> members = new ArrayList<>();
    members.add(new ByteArrayInputStream(packed(head(name))));
    for (long left = UNPACKED; left > 0; left -= PIECE) {
      members.add(new ByteArrayInputStream(piece));
    }
    return new Body(new SequenceInputStream(Collections.enumeration(members)), -1);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
  }

  private static void assertDefused(
      String what, Body bomb, Query query, Function<Call, Answer> operation) {
    long free = disk.free();
    long heap = heap();
    long start = System.nanoTime();
    String answer;
    try (Answer answered = operation.apply(Call.of(query).with(bomb))) {
      answer = new String(answered.bytes(), StandardCharsets.UTF_8);
    } catch (EngineException e) {
      answer = e.text();
    }
    long grown = heap() - heap;
    System.getLogger(GzipBombTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "a bomb as {0}: refused after {1} ms, the heap grew by {2} MB: {3}",
            what,
            (System.nanoTime() - start) / 1_000_000,
            grown,
            answer.strip());
    assertThat(answer).contains("no space left on device");
    assertThat(grown).isLessThan(HEAP_MEGABYTES);
    assertThat(disk.free()).isGreaterThan(free - (1 << 20));
  }

  @Test
  void aBuildsContextMayNotFillTheDisk() throws IOException {
    assertDefused("a build's context", bomb("big"), Query.none(), engine.images()::build);
  }

  @Test
  void aLayerMayNotFillTheDisk() throws IOException {
    assertDefused(
        "a layer",
        bomb("big"),
        Query.none().and("fromSrc", "-").and("repo", "bomb"),
        engine.images()::create);
  }

  @Test
  void anArchiveOfImagesMayNotFillTheDisk() throws IOException {
    assertDefused("an archive of images", bomb("layer.tar"), Query.none(), engine.images()::load);
  }
}
