package io.sockerless.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.PrintedStream;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When output follows the head of its answer. */
@Timeout(20)
class RelayTest {

  private final Client client = new Client();

  @Test
  void outputLeavesTheHeadAloneForAClientThatReadsItThroughABuffer() {
    Duration alone = Duration.ofMillis(200);
    long start = System.nanoTime();
    new Relay(new Connection(client), new PrintedStream("hi"), alone).run();
    assertThat(client.received()).isEqualTo("hi");
    assertThat(Duration.ofNanos(client.firstWrite.get() - start)).isGreaterThanOrEqualTo(alone);
  }

  @Test
  void aClientThatEndsItsInputHasReadTheHead() throws IOException {
    client.input.output().close();
    new Relay(new Connection(client), new PrintedStream("hi"), Duration.ofHours(1)).run();
    assertThat(client.received()).isEqualTo("hi");
  }

  @Test
  void aClientThatSendsInputHasReadTheHead() throws IOException {
    client.input.output().write('x');
    new Relay(new Connection(client), new PrintedStream("hi"), Duration.ofHours(1)).run();
    assertThat(client.received()).isEqualTo("hi");
  }

  /** A client whose end a test holds. */
  private static final class Client implements Transport {
    private final BytePipe input = new BytePipe(1024);
    private final BytePipe output = new BytePipe(1024);
    private final AtomicLong firstWrite = new AtomicLong();

    String received() {
      try {
        return new String(output.input().readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return input.input().read(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      firstWrite.compareAndSet(0, System.nanoTime());
      output.output().write(bytes, offset, length);
    }

    @Override
    public void shutdownOutput() throws IOException {
      output.output().close();
    }

    @Override
    public boolean isStale() {
      return false;
    }

    @Override
    public void close() {
      // Both ends are the test's.
    }
  }
}
