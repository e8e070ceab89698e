package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The bounded pipe between threads. */
class BytePipeTest {

  @Property(tries = 100)
  void everyByteArrivesInOrder(
      @ForAll @IntRange(min = 1, max = 20_000) int size,
      @ForAll @IntRange(min = 1, max = 9_000) int capacity,
      @ForAll @IntRange(min = 1, max = 7_000) int piece)
      throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    BytePipe pipe = new BytePipe(capacity);
    Thread.ofVirtual().start(() -> write(pipe, bytes, piece));
    assertThat(pipe.input().readAllBytes()).isEqualTo(bytes);
  }

  private static void write(BytePipe pipe, byte[] bytes, int piece) {
    try {
      for (int i = 0; i < bytes.length; i += piece) {
        pipe.output().write(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + piece)));
      }
      pipe.output().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aWriterLearnsOfAReaderThatHasLeft() throws Exception {
    BytePipe pipe = new BytePipe(4);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> write(pipe, new byte[100], 100));
    assertThat(pipe.input().read()).isZero();
    pipe.input().close();
    assertThatThrownBy(writer::join).hasMessageContaining("the reader has left");
    assertThat(pipe.isAbandoned()).isTrue();
  }

  @Test
  void aFailureComesBehindWhatWasWritten() throws Exception {
    BytePipe pipe = new BytePipe(4);
    pipe.output().write(7);
    pipe.fail("broken");
    assertThat(pipe.input().read()).isEqualTo(7);
    assertThatThrownBy(() -> pipe.input().read())
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
  }
}
