package io.sockerless.agent;

import io.sockerless.agent.protocol.Backoff;
import io.sockerless.agent.protocol.ProtocolFault;
import io.sockerless.agent.protocol.WebSocketWire;
import io.sockerless.agent.websocket.HandshakeRefused;
import io.sockerless.agent.websocket.UntrustedCertificate;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;

/**
 * Calls the agents that wait to be called, again and again for as long as their containers are
 * there.
 */
public final class AgentDialler {

  private static final Logger LOG = System.getLogger(AgentDialler.class.getName());
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  /** Whoever is called beyond them costs less, idle, and gets less through (ADR 006). */
  private static final int PLATFORM_THREADS = 32;

  private final AgentRegistry agents;
  private final Optional<SSLContext> tls;
  private final Semaphore platformThreads = new Semaphore(PLATFORM_THREADS);
  private final Map<String, Call> calls = new ConcurrentHashMap<>();

  /**
   * Registers those who answer.
   *
   * @param tls for {@code wss:} addresses; by default what the JDK trusts
   */
  public AgentDialler(AgentRegistry agents, Optional<SSLContext> tls) {
    this.agents = agents;
    this.tls = tls;
  }

  /**
   * Begins to call a container's agent, unless that is done already.
   *
   * @return completes, with the reason, if the agent answers and there is no way to come to terms
   *     with it; it is not called any more then, until this is asked for anew
   */
  public CompletableFuture<String> dial(String container, URI address, String token) {
    return calls.computeIfAbsent(
            container,
            id -> {
              Call call = new Call(id, address, token);
              call.thread.start();
              return call;
            })
        .hopeless;
  }

  /** The container is gone. */
  public void forget(String container) {
    Call call = calls.remove(container);
    if (call != null) {
      call.end();
    }
  }

  /** All attempts to reach one agent. */
  private final class Call implements Runnable {

    private final String container;
    private final URI uri;
    private final String token;
    private final Backoff backoff = new Backoff();
    private final CompletableFuture<String> hopeless = new CompletableFuture<>();

    private final Thread thread =
        (platformThreads.tryAcquire() ? Thread.ofPlatform().daemon() : Thread.ofVirtual())
            .name("agent dialler")
            .unstarted(this);

    private volatile Optional<WebSocketWire> spoken = Optional.empty();

    /** Whoever was connected once is waited for, whatever is in its place for a while. */
    private boolean met;

    Call(String container, URI uri, String token) {
      this.container = container;
      this.uri = uri;
      this.token = token;
    }

    @Override
    public void run() {
      try {
        call();
      } finally {
        if (!Thread.currentThread().isVirtual()) {
          platformThreads.release();
        }
      }
    }

    private void call() {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          speak();
        } catch (IOException e) {
          boolean lasts = isLasting(e);
          LOG.log(
              lasts || e instanceof HandshakeRefused ? Level.WARNING : Level.DEBUG,
              "container {0}: agent at {1}: {2}",
              container,
              uri,
              e.getMessage());
          if (lasts && !met) {
            calls.remove(container, this);
            hopeless.complete(String.valueOf(e.getMessage()));
            return;
          }
        }
        pause();
      }
    }

    private void pause() {
      try {
        backoff.pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void speak() throws IOException {
      WebSocketWire wire = WebSocketWire.call(uri, token, tls);
      met = true;
      backoff.reset();
      RemoteAgent agent = agents.of(container);
      spoken = Optional.of(wire);
      try {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        wire.listen(message -> {
          Optional<String> refusal = agent.receive(wire, message);
          if (refusal.isPresent()) {
            throw new ProtocolFault(refusal.get());
          }
        });
      } finally {
        agent.disconnect(wire);
      }
    }

    /** No socket minds an interrupt of this thread. */
    void end() {
      thread.interrupt();
      spoken.ifPresent(wire -> Thread.ofVirtual().name("agent end").start(() -> wire.close("")));
    }
  }

  /** Unlike a machine that is not there yet, or a proxy before it, this does not mend itself. */
  private static boolean isLasting(IOException failure) {
    return switch (failure) {
      case UntrustedCertificate _ -> true;
      case HandshakeRefused refused ->
          refused.status() == UNAUTHORIZED || refused.status() == FORBIDDEN;
      default -> false;
    };
  }
}
