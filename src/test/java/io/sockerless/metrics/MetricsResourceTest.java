package io.sockerless.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Query;
import io.sockerless.support.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsResourceTest {

  private static String scrape(String daemon, AgentRegistry agents) {
    MetricsResource resource =
        new MetricsResource(
            DockerEngine.from(Settings.of("sockerless.docker.host", daemon)),
            new RequestMetrics(),
            agents);
    Answer answer = resource.scrape().run(Call.of(Query.none()));
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }

  private static AgentRegistry agents() {
    return new AgentRegistry(Duration.ofSeconds(60));
  }

  @Test
  void aBackendThatDoesNotAnswerIsDown() {
    assertThat(scrape("tcp://127.0.0.1:1", agents()))
        .contains("sockerless_backend_up{backend=\"docker\"} 0\n");
  }

  @Test
  void agentsThatAreRefusedShowByTheReason() {
    AgentRegistry agents = agents();
    agents.admit(id -> id.equals("known") ? Optional.of("secret") : Optional.empty());
    agents.judge("known", "guessed");
    agents.judge("known", "secret");
    agents.judge("unknown", "secret");
    agents.prepare();

    assertThat(scrape("tcp://127.0.0.1:1", agents))
        .contains(
            "sockerless_agent_refusals_total{reason=\"no_such_container\"} 1\n",
            "sockerless_agent_refusals_total{reason=\"wrong_token\"} 1\n",
            "sockerless_agents_prepared_total 1\n");
  }
}
