package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentModeUnwrapTest {

  private static final AgentSettings SETTINGS =
      new AgentSettings(
          "ws://server/x", Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty());

  private static JsonObject config(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  @Test
  void anImageOfAContainerWithAnAgentHasNeitherTheAgentNorItsToken() {
    JsonObject given =
        config(
            """
            {"Labels": {"sockerless.agent": "reverse"}, "Env": ["A=b"], "Entrypoint": ["/run", "--"],
             "Cmd": ["x"]}
            """);

    JsonObject wrapped = AgentMode.wrap("1".repeat(64), given, SETTINGS);

    assertThat(AgentMode.token(wrapped)).isNotEmpty();
    assertThat(AgentMode.unwrap(wrapped)).isEqualTo(given);
  }

  @Test
  void whatHadNoEntryPointHasNoneAgain() {
    JsonObject given =
        config(
            "{\"Labels\": {\"sockerless.agent\": \"reverse\"}, \"Env\": [], \"Entrypoint\": null}");

    assertThat(AgentMode.unwrap(AgentMode.wrap("1".repeat(64), given, SETTINGS))).isEqualTo(given);
  }

  @Test
  void aContainerWithoutAnAgentKeepsItsConfiguration() {
    JsonObject given = config("{\"Entrypoint\": [\"a\", \"--\", \"b\"]}");

    assertThat(AgentMode.unwrap(given)).isEqualTo(given);
  }
}
