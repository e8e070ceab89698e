package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
      throw new UncheckedIOException(e);
    }
  }

  @Property(tries = 100)
  void aHeadStaysWithWhatItStandsBefore(
      @ForAll @IntRange(min = 0, max = 300) int length,
      @ForAll @IntRange(min = 1, max = 400) int capacity)
      throws Exception {
    BytePipe pipe = new BytePipe(capacity);
    byte[] bytes = new byte[length + 2];
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] head = {(byte) (i + 1), (byte) length, (byte) (length >> 8)};
      writers.add(Thread.ofVirtual().start(() -> write(pipe, head, bytes, length)));
    }

    List<Integer> heads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] head = pipe.input().readNBytes(3);
      heads.add((int) head[0]);
      assertThat((head[1] & 0xff) | (head[2] << 8)).isEqualTo(length);
      assertThat(pipe.input().readNBytes(length)).isEqualTo(new byte[length]);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(heads).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(pipe.input().available()).isZero();
  }

  private static void write(BytePipe pipe, byte[] head, byte[] bytes, int length) {
    try {
      pipe.write(head, bytes, 1, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  @Property(tries = 100)
  void whatIsGivenArrivesInOrderBehindItsHead(
      @ForAll @IntRange(min = 1, max = 20_000) int size,
      @ForAll @IntRange(min = 1, max = 7_000) int piece,
      @ForAll @IntRange(min = 1, max = 9_000) int reading)
      throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    BytePipe pipe = new BytePipe(16);
    AtomicInteger taken = new AtomicInteger();
    ByteArrayOutputStream wanted = new ByteArrayOutputStream();
    for (int i = 0; i < size; i += piece) {
      int length = Math.min(size - i, piece);
      byte[] head = {(byte) i, (byte) length};
      wanted.writeBytes(head);
      wanted.write(bytes, i, length);
      pipe.give(head, bytes, i, length, () -> taken.addAndGet(length));
    }
    pipe.output().close();
    assertThat(pipe.input().available()).isEqualTo(wanted.size());
    assertThat(taken).as("unread").hasValue(0);

    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] target = new byte[reading];
    int count;
    while ((count = pipe.input().read(target)) >= 0) {
      read.write(target, 0, count);
    }

    assertThat(read.toByteArray()).isEqualTo(wanted.toByteArray());
    assertThat(taken).hasValue(size);
  }

  @Test
  void whoGivesLearnsThatNobodyReads() throws IOException {
    BytePipe pipe = new BytePipe(16);
    AtomicInteger taken = new AtomicInteger();
    pipe.give(new byte[2], new byte[100], 0, 100, () -> taken.addAndGet(100));

    pipe.input().close();
    pipe.give(new byte[2], new byte[10], 0, 10, () -> taken.addAndGet(10));

    assertThat(taken).hasValue(110);
  }
}
