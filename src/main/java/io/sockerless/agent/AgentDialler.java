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
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * Calls the agents that wait to be called, again and again for as long as their containers are
 * there.
 */
public final class AgentDialler {

  private static final Logger LOG = System.getLogger(AgentDialler.class.getName());

  private final AgentRegistry agents;
  private final Optional<SSLContext> tls;
  private final Map<String, Thread> calls = new ConcurrentHashMap<>();

  /**
   * Registers those who answer.
   *
   * @param tls for {@code wss:} addresses; by default what the JDK trusts
   */
  public AgentDialler(AgentRegistry agents, Optional<SSLContext> tls) {
    this.agents = agents;
    this.tls = tls;
  }

  /** Begins to call a container's agent, unless that is done already. */
  public void dial(String container, URI address, String token) {
    calls.computeIfAbsent(
        container,
        id -> Thread.ofVirtual().name("agent dialler").start(() -> call(id, address, token)));
  }

  /** The container is gone. */
  public void forget(String container) {
    Thread call = calls.remove(container);
    if (call != null) {
      call.interrupt();
    }
  }

  private void call(String container, URI uri, String token) {
    Backoff backoff = new Backoff();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        speak(container, uri, token, backoff);
      } catch (HandshakeRefused | UntrustedCertificate e) {
        // Unlike a machine that is not there yet, this does not mend itself.
        LOG.log(Level.WARNING, "container {0}: agent at {1}: {2}", container, uri, e.getMessage());
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "container {0}: agent at {1}: {2}", container, uri, e.getMessage());
      }
      try {
        backoff.pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void speak(String container, URI uri, String token, Backoff backoff) throws IOException {
    WebSocketWire wire = WebSocketWire.call(uri, token, tls);
    backoff.reset();
    RemoteAgent agent = agents.of(container);
    try {
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
}
