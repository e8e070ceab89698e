package io.sockerless.metrics;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Probe;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import io.sockerless.wire.Headers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Shows the figures of this server to whoever watches it. */
@Dependent
@Path("/metrics")
public class MetricsResource implements ApiResource {

  private final Engine engine;
  private final RequestMetrics requests;
  private final AgentRegistry agents;

  /** Shows what these have counted. */
  @Inject
  public MetricsResource(Engine engine, RequestMetrics requests, AgentRegistry agents) {
    this.engine = engine;
    this.requests = requests;
    this.agents = agents;
  }

  /** All figures, in Prometheus' text format. */
  @GET
  public Operation scrape() {
    return call -> {
      byte[] text = text().getBytes(StandardCharsets.UTF_8);
      return new Answer(
          200,
          "",
          Headers.of("Content-Type", Exposition.CONTENT_TYPE),
          new ByteArrayInputStream(text),
          text.length,
          () -> {});
    };
  }

  private String text() {
    Exposition to = new Exposition();
    requests.write(to);
    to.family("sockerless_backend_up", FamilyType.GAUGE, "Whether the backend answers.")
        .sample(
            "sockerless_backend_up",
            Probe.problem(engine).isEmpty() ? 1 : 0,
            "backend",
            engine.backend());
    AgentMetrics.write(agents.counts(), to);
    ProcessMetrics.write(to);
    return to.text();
  }
}
