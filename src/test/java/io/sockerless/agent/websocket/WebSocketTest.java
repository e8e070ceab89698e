package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One end against the other. */
@Timeout(60)
class WebSocketTest {

  private static final Limits IMPATIENT =
      new Limits(1_000_000, Duration.ofSeconds(10), Duration.ofMillis(500));

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static <T> FutureTask<T> start(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static Message receive(WebSocket socket) throws IOException {
    return socket.receive().orElseThrow();
  }

  private static void assertBinary(Message message, byte[] expected) {
    assertThat(((Message.Binary) message).bytes()).isEqualTo(expected);
  }

  private static Void sendAll(WebSocket socket, int count, int size) throws IOException {
    for (int i = 0; i < count; i++) {
      socket.sendBinary(bytes(size, i), 0, size);
    }
    return null;
  }

  private static Void receiveAll(WebSocket socket, int count, int size) throws IOException {
    for (int i = 0; i < count; i++) {
      assertBinary(receive(socket), bytes(size, i));
    }
    return null;
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void messagesOfBothKindsArriveAtBothEnds(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      pair.client().sendText("Grüße");
      pair.client().sendBinary(bytes(200_000, 1), 0, 200_000);
      pair.server().sendBinary(bytes(200_000, 2), 1, 199_998);
      pair.server().sendText("");

      assertThat(receive(pair.server())).isEqualTo(new Message.Text("Grüße"));
      assertBinary(receive(pair.server()), bytes(200_000, 1));
      assertThat(((Message.Binary) receive(pair.client())).bytes()).hasSize(199_998);
      assertThat(receive(pair.client())).isEqualTo(new Message.Text(""));
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void bothDirectionsFlowAtOnce(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      FutureTask<Void> up = start(() -> sendAll(pair.client(), 200, 70_000));
      FutureTask<Void> down = start(() -> sendAll(pair.server(), 200, 70_000));
      FutureTask<Void> atClient = start(() -> receiveAll(pair.client(), 200, 70_000));

      receiveAll(pair.server(), 200, 70_000);
      atClient.get();
      up.get();
      down.get();
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void manySendersNeverMixTheirMessages(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      for (int sender = 0; sender < 8; sender++) {
        byte[] message = new byte[100_000];
        Arrays.fill(message, (byte) sender);
        Callable<Void> send =
            () -> {
              for (int i = 0; i < 20; i++) {
                pair.client().sendBinary(message, 0, message.length);
              }
              return null;
            };
        start(send);
      }

      for (int i = 0; i < 160; i++) {
        byte[] bytes = ((Message.Binary) receive(pair.server())).bytes();
        assertThat(bytes).hasSize(100_000).containsOnly(bytes[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void aPingEndsTheSilenceOfBothEnds(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind, IMPATIENT)) {
      FutureTask<Message> atServer = start(() -> receive(pair.server()));
      FutureTask<Message> atClient = start(() -> receive(pair.client()));
      long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
      await()
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            pair.client().ping();
            return System.nanoTime() - end > 0;
          });
      pair.client().sendText("there");
      pair.server().sendText("here");

      assertThat(atServer.get()).isEqualTo(new Message.Text("there"));
      assertThat(atClient.get()).isEqualTo(new Message.Text("here"));
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void aSilentPeerCountsAsGone(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind, IMPATIENT)) {
      assertThatThrownBy(() -> pair.client().receive())
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("nothing came for 500 ms");
      assertThatThrownBy(() -> pair.server().receive()).isInstanceOf(IOException.class);
    }
  }

  /** Where readers answered pings themselves, each would wait for the other one to read. */
  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void pingsAmidFullBuffersStopNobody(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      FutureTask<Void> up = start(() -> sendWithPings(pair.client()));
      FutureTask<Void> down = start(() -> sendWithPings(pair.server()));
      FutureTask<Void> atClient = start(() -> receiveAll(pair.client(), 1000, 10_000));

      receiveAll(pair.server(), 1000, 10_000);
      atClient.get();
      up.get();
      down.get();
    }
  }

  private static Void sendWithPings(WebSocket socket) throws IOException {
    for (int i = 0; i < 1000; i++) {
      socket.sendBinary(bytes(10_000, i), 0, 10_000);
      socket.ping();
      socket.ping();
    }
    return null;
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void aCloseArrivesBehindAllMessagesAndEndsBoth(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      pair.server().sendText("last of the server");
      pair.client().sendText("last of the client");
      pair.client().close(4001, "enough");

      assertThat(receive(pair.server())).isEqualTo(new Message.Text("last of the client"));
      FutureTask<Boolean> atServer = start(() -> pair.server().receive().isEmpty());
      assertThat(receive(pair.client())).isEqualTo(new Message.Text("last of the server"));
      assertThat(pair.client().receive()).isEmpty();
      assertThat(atServer.get()).isTrue();
      assertThat(pair.server().closeReason()).contains(new CloseReason(4001, "enough"));
      assertThat(pair.client().closeReason()).contains(new CloseReason(4001, ""));
      assertThatThrownBy(() -> pair.client().sendText("more")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> pair.server().sendText("more")).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void whoLeavesATryBlockClosesInOrder(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      pair.client().sendText("bye");
      FutureTask<Message> last = start(() -> receive(pair.server()));
      FutureTask<Boolean> end =
          start(() -> last.get() != null && pair.server().receive().isEmpty());

      pair.client().close();

      assertThat(end.get()).isTrue();
      assertThat(pair.server().closeReason()).contains(new CloseReason(1000, ""));
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void aMessageOverTheLimitIsToldAndEndsTheConnection(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      start(() -> sendAll(pair.client(), 1, 1_000_001));
      FutureTask<Boolean> ended = start(() -> pair.client().receive().isEmpty());

      assertThatThrownBy(() -> pair.server().receive())
          .isInstanceOfSatisfying(
              ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1009));
      assertThat(ended.get()).isTrue();
      assertThat(pair.client().closeReason().orElseThrow().code()).isEqualTo(1009);
    }
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void aConnectionThatIsCutIsNoOrderlyEnd(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      pair.client().abort();

      assertThatThrownBy(() -> pair.server().receive()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> pair.client().receive()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> pair.client().sendText("?")).isInstanceOf(IOException.class);
    }
  }

  /** Under TLS the socket's own close would wait for the write. */
  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void aCloseEndsAWriteThatNobodyReads(Pair.Kind kind) throws Exception {
    try (Pair pair = Pair.of(kind)) {
      FutureTask<Void> stuck = start(() -> sendAll(pair.client(), 1000, 1_000_000));
      assertThatThrownBy(() -> stuck.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);

      pair.client().close();

      assertThatThrownBy(() -> stuck.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void aCodeThatNoCloseMayHaveIsRefused() throws Exception {
    try (Pair pair = Pair.of(Pair.Kind.PLAIN)) {
      assertThatThrownBy(() -> pair.client().close(1006, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
