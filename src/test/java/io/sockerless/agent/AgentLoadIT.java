package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.ExecStream;
import io.sockerless.support.LiveObjects;
import io.sockerless.support.Machine;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Much at once, and much in one stream, through a real server and one agent. */
@Tag("slow")
@Timeout(600)
class AgentLoadIT {

  private static final int SESSIONS = 200;
  private static final int EACH = 300_000;
  private static final long GIGABYTE = 1_000_000_000;
  private static final long GROWTH = 32_000_000;

  private static SockerlessServer server;
  private static DockerCli docker;

  private String id = "";
  private Machine machine;

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    server = SockerlessServer.memory();
    docker = new DockerCli(server.dockerHost());
  }

  @BeforeEach
  void startTheMachine() {
    id = docker.ok("create", "-l", "sockerless.agent=reverse", "alpine", "sleep", "10000");
    machine = Machine.start(server, id);
    docker.ok("start", id);
  }

  @AfterEach
  void remove() {
    docker.run("rm", "-f", id);
    machine.close();
  }

  @Test
  void aReaderThatSleepsHoldsUpNobodyElse() throws Exception {
    // The first run loads classes and compiles them; it is not compared.
    inParallel();
    Duration alone = inParallel();
    try (ExecStream sleeper =
        ExecStream.start(server, id, "[\"sh\", \"-c\", \"exec cat /dev/zero\"]")) {
      assertThat(sleeper.output().readNBytes(1)).hasSize(1);

      Duration beside = inParallel();

      assertThat(beside).isLessThan(alone.multipliedBy(2).plusSeconds(1));
      assertThat(sleeper.output().readNBytes(5_000_000)).hasSize(5_000_000);
    }
  }

  /** How long all others take, whose output is checked. */
  private Duration inParallel() throws Exception {
    String command = "[\"sh\", \"-c\", \"head -c " + EACH + " /dev/zero\"]";
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> read =
          () -> {
            try (ExecStream stream = ExecStream.start(server, id, command)) {
              return stream.output().readAllBytes().length;
            }
          };
      for (Future<Integer> length :
          threads.invokeAll(IntStream.range(1, SESSIONS).mapToObj(_ -> read).toList())) {
        assertThat(length.get()).isEqualTo(EACH);
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void aGigabyteComesBackAsItWasSentAndIsNeverHeld() throws Exception {
    byte[] piece = new byte[1_000_000];
    new Random(3).nextBytes(piece);
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    long serverBefore = LiveObjects.bytes(server.process());
    long agentBefore = LiveObjects.bytes(machine.process());

    try (ExecStream stream = ExecStream.start(server, id, "[\"cat\"]")) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> send(stream, piece, sent), task -> Thread.ofPlatform().start(task));
      InputStream output = new DigestInputStream(stream.output(), received);
      assertThat(read(output, GIGABYTE / 2)).isTrue();
      assertThat(LiveObjects.bytes(server.process())).isLessThan(serverBefore + GROWTH);
      assertThat(LiveObjects.bytes(machine.process())).isLessThan(agentBefore + GROWTH);
      output.transferTo(OutputStream.nullOutputStream());
      sending.join();
    }

    assertThat(received.digest()).isEqualTo(sent.digest());
    assertThat(LiveObjects.bytes(server.process())).isLessThan(serverBefore + GROWTH);
  }

  /** Reads so many bytes; not by skipping, of which the digest would not know. */
  private static boolean read(InputStream input, long count) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = count;
    while (left > 0) {
      int read = input.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return false;
      }
      left -= read;
    }
    return true;
  }

  private static void send(ExecStream stream, byte[] piece, MessageDigest sent) {
    try {
      for (long left = GIGABYTE; left > 0; left -= piece.length) {
        piece[(int) (left / piece.length % piece.length)]++;
        sent.update(piece);
        stream.input().write(piece);
      }
      stream.closeInput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
