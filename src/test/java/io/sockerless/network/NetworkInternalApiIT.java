package io.sockerless.network;

import static io.sockerless.support.InternalApi.escape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Networks by the internal API; the criteria are those of DKR-002. */
class NetworkInternalApiIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();
  private final String name = Daemon.freshName();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @Test
  void criterion17CreateAnswersTheIdAndNoWarning() {
    Reply reply =
        api.post(
            "networks",
            """
            {"Name": "%s", "Driver": "bridge", "Internal": true, "Labels": {"criterion": "17"}}
            """
                .formatted(name));

    daemon.removingNetwork(name);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.object().getString("Warning")).isEmpty();
    Network made = daemon.ask().inspectNetworkCmd().withNetworkId(name).exec();
    assertThat(made.getId()).isEqualTo(reply.object().getString("Id"));
    assertThat(made.getInternal()).isTrue();
    assertThat(made.getLabels()).containsEntry("criterion", "17");
  }

  @Test
  void criterion18ListAnswersByFilter() {
    String id = network();

    Reply reply = api.get("networks?filters=" + escape("{\"name\":[\"" + name + "\"]}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.array().getValuesAs(JsonObject.class))
        .extracting(network -> network.getString("Id"))
        .containsExactly(id);
    assertThat(api.get("networks").array().getValuesAs(JsonObject.class))
        .extracting(network -> network.getString("Name"))
        .contains("bridge", "host", "none", name);
  }

  @Test
  void criterion19InspectAnswersTheNetwork() {
    String id = network();

    Reply reply = api.get("networks/" + id);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().getString("Name")).isEqualTo(name);
    assertThat(reply.object().keySet()).contains("IPAM", "Driver", "Scope", "Containers");
    assertThat(api.get("networks/" + name).object()).isEqualTo(reply.object());
  }

  @Test
  void criterion20DisconnectTakesTheContainerOff() {
    String network = network();
    String container = daemon.running();
    String body = "{\"Container\": \"" + container + "\"}";

    Reply connected = api.post("networks/" + network + "/connect", body);
    Map<?, ?> joined = containersOn(network);
    Reply disconnected = api.post("networks/" + network + "/disconnect", body);

    assertThat(connected.status()).isEqualTo(200);
    assertThat(joined).hasSize(1);
    assertThat(disconnected.status()).isEqualTo(200);
    assertThat(containersOn(network)).isEmpty();
  }

  @Test
  void criterion21DeleteRemovesTheNetwork() {
    String id = network();

    assertThat(api.delete("networks/" + id).status()).isEqualTo(204);
    assertThatThrownBy(() -> daemon.ask().inspectNetworkCmd().withNetworkId(id).exec())
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void criterion22PruneNamesWhatItRemoved() {
    String label = "{\"label\":[\"test=" + name + "\"]}";
    daemon.removingNetwork(
        daemon
            .ask()
            .createNetworkCmd()
            .withName(name)
            .withLabels(Map.of("test", name))
            .exec()
            .getId());

    Reply first = api.post("networks/prune?filters=" + escape(label));
    Reply second = api.post("networks/prune?filters=" + escape(label));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.object().getJsonArray("NetworksDeleted").getValuesAs(JsonString::getString))
        .containsExactly(name);
    assertThat(second.object().getJsonArray("NetworksDeleted")).isEmpty();
  }

  @Test
  void connectNamesTheNetworkOrTheContainerThatIsMissing() {
    String network = network();

    for (String operation : new String[] {"connect", "disconnect"}) {
      Reply noNetwork = api.post("networks/nope/" + operation, "{\"Container\": \"nobody\"}");
      Reply noContainer =
          api.post("networks/" + network + "/" + operation, "{\"Container\": \"nobody\"}");

      assertThat(noNetwork.status()).isEqualTo(404);
      assertThat(noNetwork.message()).isEqualTo("No such network: nope");
      assertThat(noContainer.status()).isEqualTo(404);
      assertThat(noContainer.message()).isEqualTo("No such container: nobody");
    }
  }

  @Test
  void aBuiltInNetworkCannotBeRemoved() {
    Reply reply = api.delete("networks/bridge");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).isNotEmpty();
  }

  private String network() {
    return daemon.removingNetwork(daemon.ask().createNetworkCmd().withName(name).exec().getId());
  }

  private Map<?, ?> containersOn(String network) {
    return daemon.ask().inspectNetworkCmd().withNetworkId(network).exec().getContainers();
  }
}
