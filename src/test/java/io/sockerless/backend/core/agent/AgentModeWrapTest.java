package io.sockerless.backend.core.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentModeWrapTest {

  private static final AgentSettings SETTINGS =
      new AgentSettings(
          "ws://server/x", Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "machine:9111,          sockerless-agent --addr :9111 -- /run",
    "ws://[::1]:9222/there, sockerless-agent --addr :9222 -- /run",
    "ws://machine,          sockerless-agent --addr :80 -- /run",
    "wss://machine:9333,    sockerless-agent --addr :9333 --tls -- /run",
    "wss://machine,         sockerless-agent --addr :443 --tls -- /run",
  })
  void anAgentThatIsCalledWaitsAtThePortThatTheLabelNames(String address, String command) {
    JsonObject given =
        Json.createObjectBuilder()
            .add(
                "Labels",
                Json.createObjectBuilder()
                    .add("sockerless.agent", "forward")
                    .add("sockerless.agent.address", address))
            .add("Entrypoint", Json.createArrayBuilder().add("/run"))
            .build();

    JsonObject wrapped = AgentMode.wrap("1".repeat(64), given, SETTINGS);

    assertThat(
            wrapped.getJsonArray("Entrypoint").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString))
        .containsExactly(command.split(" "));
  }
}
