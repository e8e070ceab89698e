package io.sockerless.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LinkTest {

  /** Both ends, and connections between them that can be cut anywhere. */
  private static final class Ends {
    final End server = new End();
    final End agent = new End();
    private Cable cable = new Cable(server, agent);

    Ends() {
      cable.plug();
    }

    void cutAndPlugAgain() {
      cable.cut();
      cable = new Cable(server, agent);
      cable.plug();
    }
  }

  private static final class End implements Link.Receiver {
    final Link link = new Link(this);
    final List<Message.Sequenced> received = new CopyOnWriteArrayList<>();
    final AtomicInteger resets = new AtomicInteger();

    @Override
    public void received(Message.Sequenced message) {
      received.add(message);
    }

    @Override
    public void reset() {
      resets.incrementAndGet();
    }

    @Override
    public void connected(boolean connected) {}
  }

  /** Two wires; what was sent and not handed over when it is cut is lost, as in a network. */
  private static final class Cable {
    private final Half toAgent;
    private final Half toServer;

    Cable(End server, End agent) {
      toAgent = new Half(server.link, agent.link);
      toServer = new Half(agent.link, server.link);
      toAgent.back = toServer;
      toServer.back = toAgent;
    }

    void plug() {
      toAgent.from.connect(toAgent);
      toServer.from.connect(toServer);
      toAgent.run();
      toServer.run();
    }

    void cut() {
      toAgent.cut = true;
      toServer.cut = true;
      toAgent.from.disconnect(toAgent);
      toServer.from.disconnect(toServer);
    }
  }

  private static final class Half implements Wire {
    final Link from;
    private final Link to;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(8);
    volatile boolean cut;
    volatile Runnable onSend = () -> {};
    Half back = this;

    Half(Link from, Link to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void send(Message message) throws IOException {
      onSend.run();
      try {
        while (!cut && !queue.offer(message, 1, TimeUnit.MILLISECONDS)) {
          // Full: the other side does not read.
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (cut) {
        throw new IOException("cut");
      }
    }

    @Override
    public void close(String reason) {
      cut = true;
      back.cut = true;
    }

    void run() {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (!cut) {
                Message message = queue.poll(1, TimeUnit.MILLISECONDS);
                if (message != null && !cut) {
                  to.receive(back, message);
                }
              }
            } catch (InterruptedException | ProtocolFault e) {
              cut = true;
            }
          });
    }
  }

  @Test
  void messagesArriveInOrder() {
    Ends ends = new Ends();

    List<Message.Sequenced> sent = send(ends.server, 0, 500);

    await().untilAsserted(() -> assertThat(ends.agent.received).containsExactlyElementsOf(sent));
  }

  @RepeatedTest(10)
  void eachArrivesOnceAndInOrderHoweverOftenTheConnectionIsCut() throws InterruptedException {
    Random random = new Random();
    Ends ends = new Ends();
    List<Message.Sequenced> down = new ArrayList<>();
    List<Message.Sequenced> up = new ArrayList<>();

    for (int cut = 0; cut < 50; cut++) {
      down.addAll(send(ends.server, down.size(), random.nextInt(40)));
      up.addAll(send(ends.agent, up.size(), random.nextInt(40)));
      up.addAll(write(ends.agent, up.size(), random.nextInt(40)));
      int soFar = random.nextInt(down.size() + 1);
      if (random.nextBoolean()) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> ends.agent.received.size() >= soFar);
      }
      ends.cutAndPlugAgain();
    }

    assertThat(ends.server.link.awaitConfirmed(20)).isTrue();
    assertThat(ends.agent.link.awaitConfirmed(20)).isTrue();
    assertThat(ends.agent.received).containsExactlyElementsOf(down);
    assertThat(ends.server.received).containsExactlyElementsOf(up);
    assertThat(ends.server.resets.get() + ends.agent.resets.get()).isZero();
  }

  private static List<Message.Sequenced> send(End from, int first, int count) {
    List<Message.Sequenced> messages = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      messages.add(i % 7 == 0 ? new Message.Exit(i, 0) : new Message.Signal(i, 1));
    }
    messages.forEach(from.link::send);
    return messages;
  }

  /** As somebody does who may be held up, beside the one who sends what was sent before. */
  private static List<Message.Sequenced> write(End from, int first, int count) {
    List<Message.Sequenced> messages = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      messages.add(new Message.Signal(i, 2));
    }
    messages.forEach(from.link::write);
    return messages;
  }

  @Test
  void whoMayBeHeldUpWritesByItself() throws Exception {
    Ends ends = new Ends();
    send(ends.agent, 0, 1);
    await().until(() -> ends.server.received.size() == 1);
    Set<Thread> writers = ConcurrentHashMap.newKeySet();
    ends.cable.toServer.onSend = () -> writers.add(Thread.currentThread());

    List<Message.Sequenced> sent = write(ends.agent, 1, 100);

    await().until(() -> ends.server.received.size() == 101);
    assertThat(ends.server.received).endsWith(sent.toArray(Message.Sequenced[]::new));
    assertThat(writers).contains(Thread.currentThread());
  }

  @Test
  void whatManyWriteAtOnceArrivesOnceAndOfEachInOrder() throws Exception {
    Ends ends = new Ends();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int first = i * 1000;
      Thread.Builder kind = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
      threads.add(kind.start(() -> write(ends.agent, first, 200)));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    await().until(() -> ends.server.received.size() == 8 * 200);
    for (int i = 0; i < 8; i++) {
      int writer = i;
      assertThat(ends.server.received)
          .filteredOn(message -> message.id() / 1000 == writer)
          .extracting(Message.Sequenced::id)
          .containsExactlyElementsOf(IntStream.range(i * 1000, i * 1000 + 200).boxed().toList());
    }
  }

  @Test
  void whatIsSentBeforeThereIsAConnectionArrives() {
    End server = new End();
    End agent = new End();
    List<Message.Sequenced> sent = send(server, 0, 10);

    new Cable(server, agent).plug();

    await().untilAsserted(() -> assertThat(agent.received).containsExactlyElementsOf(sent));
  }

  @Test
  void anotherProcessInAnAgentsPlaceLosesTheSessions() {
    End server = new End();
    End agent = new End();
    Cable cable = new Cable(server, agent);
    cable.plug();
    send(server, 0, 10);
    await().until(() -> agent.received.size() == 10);
    cable.cut();
    send(server, 10, 5);
    End other = new End();

    new Cable(server, other).plug();
    List<Message.Sequenced> back = send(other, 0, 3);

    await().untilAsserted(() -> assertThat(server.received).containsExactlyElementsOf(back));
    assertThat(server.resets).hasValue(1);
    assertThat(other.received).isEmpty();
  }

  @Test
  void confirmingWhatWasNeverSentIsAFault() {
    End server = new End();
    Half wire = new Half(server.link, server.link);
    server.link.connect(wire);

    assertThatExceptionOfType(ProtocolFault.class)
        .isThrownBy(() -> server.link.receive(wire, new Message.Ack(1)));
  }

  @Test
  void aMessageBeforeTheGreetingIsAFault() {
    End server = new End();
    Half wire = new Half(server.link, server.link);
    server.link.connect(wire);

    assertThatExceptionOfType(ProtocolFault.class)
        .isThrownBy(() -> server.link.receive(wire, new Message.Exit(1, 0)));
    assertThat(server.received).isEmpty();
  }
}
