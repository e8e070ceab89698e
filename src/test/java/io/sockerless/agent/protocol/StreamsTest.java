package io.sockerless.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamsTest {

  private final WindowAllowance allowance = new WindowAllowance();

  @Test
  void allBytesArriveThoughNoMoreThanTheWindowMayBeUnderWay() throws Exception {
    byte[] sent = new byte[5 * InboundStream.WINDOW + 123];
    new Random(3).nextBytes(sent);
    CompletableFuture<OutboundStream> outbound = new CompletableFuture<>();
    InboundStream inbound = new InboundStream(allowance, count -> outbound.join().grant(count));
    outbound.complete(new OutboundStream(bytes -> offer(inbound, bytes), inbound::end));

    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try (OutboundStream out = outbound.join()) {
                out.write(sent);
              } catch (IOException e) {
                inbound.fail(String.valueOf(e.getMessage()));
              }
            });
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] piece = new byte[10_000];
    int count;
    while ((count = inbound.read(piece)) >= 0) {
      received.write(piece, 0, count);
    }
    writer.join();

    assertThat(received.toByteArray()).isEqualTo(sent);
  }

  private static void offer(InboundStream inbound, Bytes bytes) {
    try {
      inbound.offer(bytes);
    } catch (ProtocolFault e) {
      inbound.fail(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void moreThanWasGrantedIsAFault() throws Exception {
    InboundStream inbound = new InboundStream(allowance, _ -> {});
    inbound.offer(Bytes.of(new byte[InboundStream.WINDOW]));

    assertThatExceptionOfType(ProtocolFault.class)
        .isThrownBy(() -> inbound.offer(Bytes.of(new byte[1])));
  }

  /** Answers how much more than what was read the other side may send by now. */
  private static long readAllAsItComes(InboundStream inbound, AtomicLong granted, int bytes)
      throws Exception {
    byte[] piece = new byte[64 * 1024];
    long read = 0;
    while (read < bytes) {
      inbound.offer(Bytes.of(piece));
      read += inbound.readNBytes(piece, 0, piece.length);
    }
    return granted.get() - read;
  }

  @Test
  void whoReadsFastIsSentMoreAtOnceUpToALimit() throws Exception {
    AtomicLong granted = new AtomicLong();
    InboundStream inbound = new InboundStream(allowance, granted::addAndGet, () -> 0);

    long more = readAllAsItComes(inbound, granted, 4 * InboundStream.MAX_WINDOW);

    int open = InboundStream.WINDOW + (int) more;
    assertThat(open).isBetween(InboundStream.MAX_WINDOW * 3 / 4, InboundStream.MAX_WINDOW);
    inbound.offer(Bytes.of(new byte[open]));
    assertThatExceptionOfType(ProtocolFault.class)
        .isThrownBy(() -> inbound.offer(Bytes.of(new byte[1])));
  }

  @Test
  void whoReadsSlowlyIsSentWhatItReadsAndNoMore() throws Exception {
    AtomicLong granted = new AtomicLong();
    AtomicLong clock = new AtomicLong();
    InboundStream inbound = new InboundStream(allowance, granted::addAndGet, clock::get);
    inbound.offer(Bytes.of(new byte[InboundStream.WINDOW]));
    byte[] piece = new byte[InboundStream.WINDOW / 4];

    for (int read = 1; read <= 10; read++) {
      clock.addAndGet(InboundStream.FAST);
      inbound.readNBytes(piece, 0, piece.length);
      assertThat(granted.get()).isEqualTo((long) read * piece.length);
      inbound.offer(Bytes.of(piece));
    }
  }

  @Test
  void whoHasMuchToReadStillIsSentNoMoreAtOnce() throws Exception {
    AtomicLong granted = new AtomicLong();
    InboundStream inbound = new InboundStream(allowance, granted::addAndGet, () -> 0);
    inbound.offer(Bytes.of(new byte[InboundStream.WINDOW]));
    byte[] piece = new byte[InboundStream.WINDOW / 4];

    for (int read = 1; read <= 10; read++) {
      inbound.readNBytes(piece, 0, piece.length);
      assertThat(granted.get()).isEqualTo((long) read * piece.length);
      inbound.offer(Bytes.of(piece));
    }
  }

  @Test
  void aPartOfAnArrayIsReadAsItIs() throws Exception {
    InboundStream inbound = new InboundStream(allowance, _ -> {});
    inbound.offer(new Bytes(new byte[] {1, 2, 3, 4, 5}, 1, 3));
    inbound.end();

    assertThat(inbound.read()).isEqualTo(2);
    assertThat(inbound.readAllBytes()).containsExactly(3, 4);
  }

  @Test
  void allStreamsOfALinkTogetherAreSentNoMoreThanItAllowsUntilOneEnds() throws Exception {
    long more = 0;
    InboundStream last = new InboundStream(allowance, _ -> {});
    for (int stream = 0; stream < 20; stream++) {
      AtomicLong granted = new AtomicLong();
      last.close();
      last = new InboundStream(allowance, granted::addAndGet, () -> 0);
      assertThat(readAllAsItComes(last, granted, 4 * InboundStream.MAX_WINDOW)).isPositive();
    }
    for (int stream = 0; stream < 20; stream++) {
      AtomicLong granted = new AtomicLong();
      InboundStream inbound = new InboundStream(allowance, granted::addAndGet, () -> 0);
      more += readAllAsItComes(inbound, granted, 4 * InboundStream.MAX_WINDOW);
    }

    assertThat(more)
        .isPositive()
        .isLessThanOrEqualTo(WindowAllowance.LIMIT - InboundStream.MAX_WINDOW / 2);
  }

  @Test
  void whatIsClosedTakesAndThrowsAwayTheRest() throws Exception {
    AtomicLong granted = new AtomicLong();
    InboundStream inbound = new InboundStream(allowance, granted::addAndGet);
    inbound.offer(Bytes.of(new byte[1000]));

    inbound.close();
    for (int i = 0; i < 10; i++) {
      inbound.offer(Bytes.of(new byte[InboundStream.WINDOW]));
    }

    assertThat(granted.get()).isGreaterThanOrEqualTo(10L * InboundStream.WINDOW);
    assertThat(inbound.read(new byte[1])).isEqualTo(-1);
  }

  @Test
  void aFailureComesAfterTheBytesThatCameBefore() throws Exception {
    InboundStream inbound = new InboundStream(allowance, _ -> {});
    inbound.offer(Bytes.of(new byte[] {1, 2}));
    inbound.fail("lost");

    assertThat(inbound.readNBytes(2)).containsExactly(1, 2);
    assertThatIOException().isThrownBy(inbound::read).withMessage("lost");
  }

  @Test
  void aWriterThatWaitsForCreditIsToldOfTheEnd() throws Exception {
    OutboundStream outbound = new OutboundStream(_ -> {}, () -> {});
    outbound.write(new byte[InboundStream.WINDOW]);
    Thread writer =
        Thread.ofVirtual()
            .start(() ->
                assertThatIOException()
                    .isThrownBy(() -> outbound.write(1))
                    .withMessage("the command has ended"));

    await().until(() -> writer.getState() == Thread.State.WAITING);
    outbound.fail("the command has ended");

    writer.join();
  }

  /** What has been pushed and not yet been taken. */
  private static final class Pushed implements InboundStream.Receiver {
    final List<Bytes> data = new ArrayList<>();
    final Deque<Runnable> untaken = new ArrayDeque<>();
    int ends;

    @Override
    public void take(Bytes bytes, Runnable taken) {
      data.add(bytes);
      untaken.addLast(taken);
    }

    @Override
    public void ended() {
      ends++;
    }
  }

  @Test
  void whatHasComeAndWhatComesIsPushedAndGrantedAnewOnceItIsTaken() throws Exception {
    AtomicLong granted = new AtomicLong();
    InboundStream inbound = new InboundStream(allowance, granted::addAndGet, () -> 0);
    Bytes half = Bytes.of(new byte[InboundStream.WINDOW / 2]);
    Pushed pushed = new Pushed();

    inbound.offer(half);
    inbound.pushTo(pushed);
    inbound.offer(half);

    assertThat(pushed.data).containsExactly(half, half);
    assertThat(granted).hasValue(0);
    assertThatExceptionOfType(ProtocolFault.class)
        .isThrownBy(() -> inbound.offer(Bytes.of(new byte[1])));
    pushed.untaken.removeFirst().run();
    assertThat(granted).hasValue(InboundStream.WINDOW / 2);
    inbound.fail("lost");
    inbound.end();
    assertThat(pushed.ends).isEqualTo(1);
  }

  @Test
  void whatAStreamThatIsPushedWasAllowedIsGivenBackOnceAllIsTaken() throws Exception {
    for (int stream = 0; stream < 20; stream++) {
      AtomicLong granted = new AtomicLong();
      InboundStream inbound = new InboundStream(allowance, granted::addAndGet, () -> 0);
      Pushed pushed = new Pushed();
      inbound.pushTo(pushed);
      long more = 0;
      for (int i = 0; i < 1000; i++) {
        inbound.offer(Bytes.of(new byte[64 * 1024]));
        more = granted.get();
        pushed.untaken.removeFirst().run();
      }
      assertThat(more).as("beyond what was taken").isGreaterThan(1000L * 64 * 1024);
      inbound.offer(Bytes.of(new byte[1]));
      inbound.end();
      pushed.untaken.removeFirst().run();
    }

    assertThat(allowance.take(WindowAllowance.LIMIT)).isEqualTo(WindowAllowance.LIMIT);
  }
}
