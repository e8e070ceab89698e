package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.memory.fs.OpenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PipeTest {

  @Property(tries = 100)
  void whatGoesInComesOut(
      @ForAll @IntRange(max = 300_000) int size,
      @ForAll @IntRange(min = 1, max = 70_000) int written,
      @ForAll @IntRange(min = 1, max = 70_000) int read)
      throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Pipe pipe = new Pipe();
    OpenFile writer = pipe.writer();
    OpenFile reader = pipe.reader();
    CompletableFuture<Void> feeding =
        CompletableFuture.runAsync(() -> feed(writer, bytes, written));
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    byte[] chunk = new byte[read];
    for (int n = reader.read(chunk, 0, read); n >= 0; n = reader.read(chunk, 0, read)) {
      got.write(chunk, 0, n);
    }
    feeding.join();
    assertThat(got.toByteArray()).isEqualTo(bytes);
  }

  private static void feed(OpenFile writer, byte[] bytes, int chunk) {
    try (writer) {
      for (int at = 0; at < bytes.length; at += chunk) {
        writer.write(bytes, at, Math.min(chunk, bytes.length - at));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutAReaderAWriteFails() throws IOException {
    Pipe pipe = new Pipe();
    OpenFile writer = pipe.writer();
    pipe.reader().close();
    assertThatThrownBy(() -> writer.write(new byte[1], 0, 1)).hasMessage("Broken pipe");
  }

  @Test
  void itTellsWhetherThereIsSomethingToRead() throws IOException {
    Pipe pipe = new Pipe();
    OpenFile reader = pipe.reader();
    OpenFile writer = pipe.writer();
    assertThat(reader.awaitReadable(0)).isFalse();
    writer.write(new byte[1], 0, 1);
    assertThat(reader.awaitReadable(0)).isTrue();
  }
}
