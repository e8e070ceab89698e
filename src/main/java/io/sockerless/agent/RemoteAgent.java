package io.sockerless.agent;

import io.sockerless.agent.protocol.Link;
import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.ProtocolFault;
import io.sockerless.agent.protocol.Wire;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * The agent of one container, as the server sees it: many sessions over one link, whose connections
 * come and go.
 */
public final class RemoteAgent {

  private static final Logger LOG = System.getLogger(RemoteAgent.class.getName());

  /** How many agents that were started anew are known by name. */
  private static final int REMEMBERED = 100;

  private final String container;
  private final Duration patience;
  private final AgentCounters counters;
  private final Link link;
  private final Map<Integer, RemoteSession> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean connected;
  private boolean gone;
  private int connections;
  private int dismissals;
  private String instance = "";
  private long connection;
  private final LinkedHashSet<String> replaced = new LinkedHashSet<>();

  /**
   * An agent that has not come yet.
   *
   * @param patience how long its sessions outlive a connection
   */
  RemoteAgent(String container, Duration patience, AgentCounters counters) {
    this.container = container;
    this.patience = patience;
    this.counters = counters;
    this.link = new Link(new Sessions());
  }

  /** What the link tells. */
  private final class Sessions implements Link.Receiver {
    @Override
    public void received(Message.Sequenced message) throws ProtocolFault {
      RemoteSession session = sessions.get(message.id());
      if (session != null && session.take(message)) {
        sessions.remove(message.id());
      }
    }

    @Override
    public void reset() {
      failAll("the agent was started anew");
    }

    @Override
    public void connected(boolean now) {
      noteConnected(now);
    }
  }

  /**
   * Takes what came over a connection; with a greeting the link goes on with that one.
   *
   * @return why the agent is turned away, if it is
   */
  Optional<String> receive(Wire wire, Message message) throws ProtocolFault {
    if (message instanceof Message.Hello hello) {
      Optional<String> refusal = admit(hello);
      if (refusal.isPresent()) {
        counters.refuse(AgentCounters.Reason.TURNED_AWAY);
        return refusal;
      }
      link.connect(wire);
    }
    link.receive(wire, message);
    return Optional.empty();
  }

  /** Two agents of one container there cannot be, and none comes by the words of an earlier one. */
  private Optional<String> admit(Message.Hello hello) {
    lock.lock();
    try {
      boolean same = hello.instance().equals(instance);
      if (gone) {
        return Optional.of("the container is removed");
      }
      if (connected && !same) {
        return Optional.of("the container has an agent");
      }
      if (same ? hello.connection() <= connection : replaced.contains(hello.instance())) {
        return Optional.of("its greeting was said before");
      }
      if (!same && !instance.isEmpty()) {
        if (replaced.size() == REMEMBERED) {
          replaced.removeFirst();
        }
        replaced.add(instance);
      }
      instance = hello.instance();
      connection = hello.connection();
    } finally {
      lock.unlock();
    }
    return Optional.empty();
  }

  /** A connection is gone. */
  void disconnect(Wire wire) {
    link.disconnect(wire);
  }

  private void noteConnected(boolean now) {
    int connection;
    lock.lock();
    try {
      connected = now;
      connection = ++connections;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (now) {
      counters.registered.increment();
    }
    LOG.log(Level.INFO, "container {0}: agent {1}", container, now ? "connected" : "disconnected");
    if (!now) {
      sessions.values().stream().filter(RemoteSession::isKilled).forEach(this::giveUp);
      Thread.ofVirtual().name("agent patience").start(() -> loseUnlessBack(connection));
    }
  }

  private void loseUnlessBack(int connection) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (connections == connection && !gone && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (connections != connection || gone) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      lock.unlock();
    }
    if (!sessions.isEmpty()) {
      counters.lost.increment();
      LOG.log(
          Level.WARNING,
          "container {0}: agent lost, it did not come back within {1} s",
          container,
          patience.toSeconds());
      failAll("the agent of the container is lost");
    }
  }

  /**
   * Waits until it is connected.
   *
   * @param hopeless completes, with the reason, if it cannot come any more
   * @throws AgentFailure if it does not come in time, or nobody waits for it any more
   */
  public void await(Duration deadline, CompletableFuture<String> hopeless) throws AgentFailure {
    counters.awaited.increment();
    var _ = hopeless.thenRun(this::wake);
    lock.lock();
    try {
      long left = deadline.toNanos();
      int dismissed = dismissals;
      while (!connected && !gone) {
        if (dismissals != dismissed) {
          throw new AgentFailure(500, "the container was stopped before its agent came");
        }
        if (hopeless.isDone()) {
          throw new AgentFailure(500, "no agent came for the container: " + hopeless.join());
        }
        if (left <= 0) {
          counters.late.increment();
          throw new AgentFailure(
              500, "no agent came for the container within " + deadline.toSeconds() + " s");
        }
        left = changed.awaitNanos(left);
      }
      if (gone) {
        throw new AgentFailure(500, "the container is removed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentFailure(500, "interrupted");
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits for it now is to wait no longer. */
  void dismissWaiters() {
    lock.lock();
    try {
      dismissals++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is connected now. */
  public boolean isConnected() {
    lock.lock();
    try {
      return connected;
    } finally {
      lock.unlock();
    }
  }

  int sessionCount() {
    return sessions.size();
  }

  /** Asks for something. */
  public RemoteSession open(IntFunction<Message.Request> request) {
    int id = lastId.incrementAndGet();
    RemoteSession session = new RemoteSession(id, link);
    sessions.put(id, session);
    link.send(request.apply(id));
    return session;
  }

  /**
   * Kills what a session runs. Nobody waits for the death of what cannot be told to die, or has
   * died with its agent: without a connection the session ends, and the agent hears of it later.
   */
  public void kill(RemoteSession session) {
    session.kill();
    if (!isConnected()) {
      giveUp(session);
    }
  }

  private void giveUp(RemoteSession session) {
    session.giveUp("the agent is not connected");
  }

  /** The container is gone: the agent may go, and nobody waits for it any more. */
  void end() {
    if (isConnected()) {
      try {
        open(Message.Shutdown::new).exit().get(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        LOG.log(Level.DEBUG, "container {0}: the agent left without a word", container);
      }
    }
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    failAll("the container is removed");
  }

  private void failAll(String reason) {
    for (Integer id : List.copyOf(sessions.keySet())) {
      RemoteSession session = sessions.remove(id);
      if (session != null) {
        session.fail(new AgentFailure(500, reason));
      }
    }
  }
}
