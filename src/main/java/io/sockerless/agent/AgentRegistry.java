package io.sockerless.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The agents of this server's containers: who may come, who is there, who is waited for. */
public final class AgentRegistry {

  private final Map<String, RemoteAgent> agents = new ConcurrentHashMap<>();
  private final AgentCounters counters = new AgentCounters();
  private final Duration patience;
  private volatile Function<String, Optional<String>> tokens = _ -> Optional.empty();

  /**
   * A registry without containers.
   *
   * @param patience how long an agent's sessions outlive a connection
   */
  public AgentRegistry(Duration patience) {
    this.patience = patience;
  }

  /**
   * Says whose agents may come.
   *
   * @param byContainer the token of a container's agent by the container's id, empty text if it has
   *     none; nothing if there is no such container
   */
  public void admit(Function<String, Optional<String>> byContainer) {
    tokens = byContainer;
  }

  /** Whether an agent may come, and if not, why. */
  public enum Admission {
    WELCOME,
    NO_SUCH_CONTAINER,
    WRONG_TOKEN
  }

  /** Judges an agent; in a time that does not tell how much of a token is right. */
  public Admission judge(String container, String token) {
    Optional<String> right = tokens.apply(container);
    if (right.isEmpty()) {
      counters.refuse(AgentCounters.Reason.NO_SUCH_CONTAINER);
      return Admission.NO_SUCH_CONTAINER;
    }
    byte[] wanted = right.get().getBytes(StandardCharsets.UTF_8);
    boolean same = MessageDigest.isEqual(wanted, token.getBytes(StandardCharsets.UTF_8));
    if (!same || wanted.length == 0) {
      counters.refuse(AgentCounters.Reason.WRONG_TOKEN);
      return Admission.WRONG_TOKEN;
    }
    return Admission.WELCOME;
  }

  /** A container is being made that an agent is to carry. */
  public void prepare() {
    counters.prepared.increment();
  }

  /** What has become of agents, and how many there are. */
  public AgentCounts counts() {
    List<RemoteAgent> all = List.copyOf(agents.values());
    return counters.read(
        all.stream().filter(RemoteAgent::isConnected).count(),
        all.stream().mapToLong(RemoteAgent::sessionCount).sum());
  }

  /** The agent of a container, whether it has come or not. */
  public RemoteAgent of(String container) {
    return agents.computeIfAbsent(container, id -> new RemoteAgent(id, patience, counters));
  }

  /** The same for somebody who may have come too late: nothing if the container is gone. */
  Optional<RemoteAgent> ofPresent(String container) {
    RemoteAgent agent = of(container);
    if (tokens.apply(container).isEmpty()) {
      forget(container);
      return Optional.empty();
    }
    return Optional.of(agent);
  }

  /** The agent of a container, if it is connected. */
  public Optional<RemoteAgent> connected(String container) {
    return Optional.ofNullable(agents.get(container)).filter(RemoteAgent::isConnected);
  }

  /** Whoever waits for a container's agent now is to wait no longer. */
  public void dismissWaiters(String container) {
    RemoteAgent agent = agents.get(container);
    if (agent != null) {
      agent.dismissWaiters();
    }
  }

  /** The container is gone. */
  public void forget(String container) {
    RemoteAgent agent = agents.remove(container);
    if (agent != null) {
      agent.end();
    }
  }
}
