package io.sockerless.management;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.edge.Edge;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Probe;
import io.sockerless.engine.Query;
import io.sockerless.metrics.RequestMetrics;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/** Reads the figures where {@code /metrics} reads them, whenever somebody looks. */
final class ManagedServer implements ServerMXBean {

  private static final Logger LOG = System.getLogger(ManagedServer.class.getName());

  private final Edge edge;
  private final Engine engine;
  private final RequestMetrics requests;
  private final AgentRegistry agents;

  ManagedServer(Edge edge, Engine engine, RequestMetrics requests, AgentRegistry agents) {
    this.edge = edge;
    this.engine = engine;
    this.requests = requests;
    this.agents = agents;
  }

  @Override
  public String getBackend() {
    return engine.backend();
  }

  @Override
  public String getBackendProblem() {
    return Probe.problem(engine);
  }

  @Override
  public boolean isReady() {
    return edge.isServing() && getBackendProblem().isEmpty();
  }

  @Override
  public Map<String, Integer> getContainers() {
    try {
      JsonObject info =
          engine
              .system()
              .info(Call.of(Query.none()).with(Identity.SERVER))
              .document()
              .asJsonObject();
      return Map.of(
          "running", info.getInt("ContainersRunning", 0),
          "paused", info.getInt("ContainersPaused", 0),
          "stopped", info.getInt("ContainersStopped", 0));
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "jmx: containers: {0}", e.text());
      return Map.of();
    }
  }

  @Override
  public int getConnections() {
    return edge.connections();
  }

  @Override
  public long getOperations() {
    return requests.totals().operations();
  }

  @Override
  public long getFailures() {
    return requests.totals().failures();
  }

  @Override
  public long getAnswersOpen() {
    return requests.totals().answersOpen();
  }

  @Override
  public long getAnswerBytes() {
    return requests.totals().answerBytes();
  }

  @Override
  public long getStreamsOpen() {
    return requests.totals().streamsOpen();
  }

  @Override
  public long getStreamBytesIn() {
    return requests.totals().streamBytesIn();
  }

  @Override
  public long getStreamBytesOut() {
    return requests.totals().streamBytesOut();
  }

  @Override
  public long getAgentsConnected() {
    return agents.counts().connected();
  }

  @Override
  public long getAgentSessions() {
    return agents.counts().sessions();
  }

  @Override
  public void drain() {
    LOG.log(Level.INFO, "draining, as JMX asks: nobody more is served");
    edge.drain();
  }
}
