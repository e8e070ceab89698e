package io.sockerless.agent.protocol;

import io.sockerless.wire.ThreadKind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One end of what a server and an agent have with each other, for as long as both processes live:
 * connections come and go, and each sequenced message arrives once and in order. Both ends count
 * what they have sent and received; what the other has not confirmed is kept, and sent again on the
 * next connection from where the other says that it is.
 *
 * <p>To {@link #send} never blocks: how much may be under way is for the sessions' credits to say.
 */
public final class Link {

  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(45);

  /** How often somebody who waits for the last confirmations asks for them. */
  private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int ACK_MESSAGES = 64;
  private static final int ACK_BYTES = 2 * 1024 * 1024;

  private final String instance = UUID.randomUUID().toString();
  private final Receiver receiver;
  private final WindowAllowance allowance = new WindowAllowance();

  /** Held while a message is handled, so that a connection is given up between two of them. */
  private final ReentrantLock receiving = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<Message.Sequenced> flying = new ArrayDeque<>();
  private final Deque<Message.Sequenced> waiting = new ArrayDeque<>();
  private Optional<Connection> current = Optional.empty();
  private String peer = "";
  private long peerConnection;
  private long received;
  private long confirmed;
  private long connections;

  /** Whoever has the sessions. */
  public interface Receiver {
    /** Takes a message; must not block. */
    void received(Message.Sequenced message) throws ProtocolFault;

    /** The other process is another one: all sessions are lost. */
    void reset();

    /** There is a connection on which the other has said who it is, or there is none any more. */
    void connected(boolean connected);
  }

  /** One connection, and what is due on it. */
  private static final class Connection {
    final Wire wire;
    long number;

    /** Whether somebody is writing to it: one at a time, or messages would change places. */
    boolean busy;

    boolean hello = true;
    boolean greeted;
    boolean pong;
    boolean ping;
    int unconfirmedMessages;
    int unconfirmedBytes;
    boolean ack;
    long heard = System.nanoTime();
    long pinged = heard;

    Connection(Wire wire) {
      this.wire = wire;
    }
  }

  /** An end without a connection yet. */
  public Link(Receiver receiver) {
    this.receiver = receiver;
  }

  /** For the streams of its sessions. */
  public WindowAllowance allowance() {
    return allowance;
  }

  /**
   * Goes on with this connection, unless it does already, and gives up one that it may have. The
   * caller is who reads it.
   */
  public void connect(Wire wire) {
    Connection connection = new Connection(wire);
    receiving.lock();
    lock.lock();
    try {
      if (isCurrent(wire)) {
        return;
      }
      current.ifPresent(old -> end(old.wire, "there is a newer connection"));
      dropCurrent();
      current = Optional.of(connection);
      connection.number = ++connections;
    } finally {
      lock.unlock();
      receiving.unlock();
    }
    ThreadKind.ofCaller().name("agent link").start(() -> write(connection));
  }

  /** The connection is gone; it may have been given up already. */
  public void disconnect(Wire wire) {
    receiving.lock();
    try {
      if (drop(wire)) {
        receiver.connected(false);
      }
    } finally {
      receiving.unlock();
    }
    end(wire, "");
  }

  /** Nobody waits for it: a connection that is dead may take its time to be closed. */
  private static void end(Wire wire, String reason) {
    Thread.ofVirtual().name("agent link end").start(() -> wire.close(reason));
  }

  private boolean drop(Wire wire) {
    lock.lock();
    try {
      boolean lost = isCurrent(wire);
      if (lost) {
        dropCurrent();
      }
      return lost;
    } finally {
      lock.unlock();
    }
  }

  private boolean isCurrent(Wire wire) {
    return current.isPresent() && current.get().wire.equals(wire);
  }

  private void dropCurrent() {
    while (!flying.isEmpty()) {
      waiting.addFirst(flying.removeLast());
    }
    current = Optional.empty();
    work.signalAll();
  }

  /** Sends a message, on this connection or the next. */
  public void send(Message.Sequenced message) {
    lock.lock();
    try {
      waiting.addLast(message);
      if (current.isEmpty() || !current.get().busy) {
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for somebody who may be held up: unless another thread is writing, the calling one
   * does, which spares a hand-over. A virtual one leaves it alone: it would make the socket one
   * that does not block, and each write to it cost more.
   */
  public void write(Message.Sequenced message) {
    Optional<Connection> idle = Optional.empty();
    lock.lock();
    try {
      if (!Thread.currentThread().isVirtual()) {
        idle = current.filter(connection -> connection.greeted && !connection.busy);
      }
      idle.ifPresent(connection -> connection.busy = true);
      send(message);
    } finally {
      lock.unlock();
    }
    idle.ifPresent(connection -> writeUpTo(message, connection));
  }

  @SuppressWarnings("ReferenceEquality") // This very message: another may say the same.
  private void writeUpTo(Message message, Connection connection) {
    try {
      Optional<Message> next;
      do {
        next = nextNow(connection);
        if (next.isEmpty()) {
          return;
        }
        connection.wire.send(next.get());
      } while (next.get() != message);
      leave(connection);
    } catch (IOException e) {
      disconnect(connection.wire);
    }
  }

  private Optional<Message> nextNow(Connection connection) throws IOException {
    lock.lock();
    try {
      return isCurrent(connection.wire) ? due(connection) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits to write is told, for meanwhile nobody was. */
  private void leave(Connection connection) {
    lock.lock();
    try {
      connection.busy = false;
      if (!waiting.isEmpty() || connection.ack || connection.pong || connection.ping) {
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the other side has all that was sent; false if it does not in time. */
  public boolean awaitConfirmed(long seconds) throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(seconds);
    lock.lock();
    try {
      while (!waiting.isEmpty() || !flying.isEmpty()) {
        if (left <= 0) {
          return false;
        }
        current.ifPresent(connection -> connection.ping = true);
        work.signalAll();
        long slice = Math.min(left, ASK_NANOS);
        left += work.awaitNanos(slice) - slice;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void write(Connection connection) {
    try {
      while (true) {
        Optional<Message> next = next(connection);
        if (next.isEmpty()) {
          return;
        }
        connection.wire.send(next.get());
        leave(connection);
      }
    } catch (IOException e) {
      disconnect(connection.wire);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      disconnect(connection.wire);
    }
  }

  /** Waits for something to send; nothing if the connection is no longer the link's. */
  private Optional<Message> next(Connection connection) throws IOException, InterruptedException {
    lock.lock();
    try {
      while (isCurrent(connection.wire)) {
        Optional<Message> due = connection.busy ? Optional.empty() : due(connection);
        if (due.isPresent()) {
          connection.busy = true;
          return due;
        }
        long sincePing = connection.busy ? 0 : System.nanoTime() - connection.pinged;
        work.awaitNanos(PING_NANOS - sincePing);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Message> due(Connection connection) throws IOException {
    if (connection.hello) {
      connection.hello = false;
      return Optional.of(new Message.Hello(instance, peer, received, connection.number));
    }
    if (connection.ack || (connection.unconfirmedBytes > ACK_BYTES / 2 && !waiting.isEmpty())) {
      connection.ack = false;
      connection.unconfirmedMessages = 0;
      connection.unconfirmedBytes = 0;
      return Optional.of(new Message.Ack(received));
    }
    if (connection.pong) {
      connection.pong = false;
      return Optional.of(new Message.Pong());
    }
    long now = System.nanoTime();
    if (now - connection.heard > DEAD_NANOS) {
      throw new IOException("the other side is silent");
    }
    if (connection.ping || now - connection.pinged >= PING_NANOS) {
      connection.ping = false;
      connection.pinged = now;
      return Optional.of(new Message.Ping());
    }
    if (connection.greeted && !waiting.isEmpty()) {
      Message.Sequenced message = waiting.removeFirst();
      flying.addLast(message);
      return Optional.of(message);
    }
    return Optional.empty();
  }

  /**
   * Takes a message that came over a connection; one that came late, after the connection was given
   * up, comes again.
   *
   * @throws ProtocolFault if the connection is of no more use
   */
  public void receive(Wire wire, Message message) throws ProtocolFault {
    receiving.lock();
    try {
      if (isHeard(wire)) {
        handle(message);
      }
    } finally {
      receiving.unlock();
    }
  }

  private boolean isHeard(Wire wire) {
    lock.lock();
    try {
      if (!isCurrent(wire)) {
        return false;
      }
      current.get().heard = System.nanoTime();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void handle(Message message) throws ProtocolFault {
    switch (message) {
      case Message.Hello hello -> greet(hello);
      case Message.Ack(long count) -> locked(_ -> confirm(count));
      case Message.Ping _ ->
          locked(connection -> {
            connection.pong = true;
            connection.ack = connection.unconfirmedMessages > 0;
            work.signalAll();
          });
      case Message.Pong _ -> {
        // It is alive, which has been noted.
      }
      case Message.Sequenced sequenced -> {
        locked(connection -> count(connection, sequenced));
        receiver.received(sequenced);
      }
    }
  }

  /**
   * Something that is done to the state, and may find that the other side is at fault. Who waits is
   * woken only if there is something to do: most messages are nothing that the writer need know.
   */
  @FunctionalInterface
  private interface Change {
    void apply(Connection connection) throws ProtocolFault;
  }

  private void locked(Change change) throws ProtocolFault {
    lock.lock();
    try {
      if (current.isPresent()) {
        change.apply(current.get());
      }
    } finally {
      lock.unlock();
    }
  }

  private void count(Connection connection, Message.Sequenced message) throws ProtocolFault {
    if (!connection.greeted) {
      throw new ProtocolFault("a message before the greeting");
    }
    received++;
    connection.unconfirmedMessages++;
    if (message instanceof Message.Data data) {
      connection.unconfirmedBytes += data.data().length();
    }
    if (connection.unconfirmedMessages >= ACK_MESSAGES
        || connection.unconfirmedBytes >= ACK_BYTES
        || message instanceof Message.Exit) {
      connection.ack = true;
      work.signalAll();
    }
  }

  private void confirm(long count) throws ProtocolFault {
    if (count < confirmed || count > confirmed + flying.size()) {
      throw new ProtocolFault("messages are confirmed that were not sent");
    }
    while (confirmed < count) {
      flying.removeFirst();
      confirmed++;
    }
    if (waiting.isEmpty() && flying.isEmpty()) {
      work.signalAll();
    }
  }

  private void greet(Message.Hello hello) throws ProtocolFault {
    boolean known = hello.instance().equals(peer);
    boolean same = known && (hello.peer().equals(instance) || hello.peer().isEmpty());
    boolean another = !same && !peer.isEmpty();
    if (another) {
      receiver.reset();
    }
    locked(connection -> {
      if (connection.greeted
          || hello.instance().isEmpty()
          || (known && hello.connection() <= peerConnection)) {
        throw new ProtocolFault("a greeting that is none");
      }
      if (same) {
        resume(hello.received());
      } else {
        begin(another);
      }
      peer = hello.instance();
      peerConnection = hello.connection();
      connection.greeted = true;
      work.signalAll();
    });
    receiver.connected(true);
  }

  private void begin(boolean another) {
    received = 0;
    confirmed = 0;
    if (another) {
      waiting.clear();
    }
  }

  /** What flew on the last connection waits: so much of it has arrived. */
  private void resume(long arrived) throws ProtocolFault {
    if (arrived < confirmed || arrived > confirmed + waiting.size()) {
      throw new ProtocolFault("the other side has messages that were not sent");
    }
    while (confirmed < arrived) {
      waiting.removeFirst();
      confirmed++;
    }
  }
}
