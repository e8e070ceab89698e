package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.DockerDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every path of the Docker Engine API 1.51, asked of the daemon and of the edge: status, header
 * fields and body are the same. The requests change nothing: their objects do not exist, their
 * filters match nothing, their bodies are refused.
 */
class ApiPathsIT {

  /** They name the moment, a random folder, or what other tests work with. */
  private static final Set<String> CHANGING =
      Set.of("/info", "/version", "/system/df", "/images/load");

  /** Method, target, and the body if there is one. */
  private static final String REQUESTS =
      """
      GET /containers/json?filters={"label":["none-has-it"]}
      POST /containers/create?name=* {"Image":""}
      GET /containers/none/json
      GET /containers/none/top
      GET /containers/none/logs?stdout=1
      GET /containers/none/changes
      GET /containers/none/export
      GET /containers/none/stats?stream=0
      POST /containers/none/resize?h=1&w=1
      POST /containers/none/start
      POST /containers/none/stop
      POST /containers/none/restart
      POST /containers/none/kill
      POST /containers/none/update {}
      POST /containers/none/rename?name=other
      POST /containers/none/pause
      POST /containers/none/unpause
      GET /containers/none/attach/ws
      POST /containers/none/wait
      DELETE /containers/none
      HEAD /containers/none/archive?path=/
      GET /containers/none/archive?path=/
      PUT /containers/none/archive?path=/
      POST /containers/prune?filters={"label":["none-has-it"]}
      GET /containers/none/checkpoints
      GET /images/json?filters={"label":["none-has-it"]}
      POST /build?remote=nonsense
      POST /build/prune?filters={"id":["none"]}
      POST /build/cancel
      POST /images/create
      GET /images/none%2Fsuch/json
      GET /images/none/such/history
      POST /images/none/such/push
      POST /images/none/such/tag?repo=other
      DELETE /images/none/such:tag
      GET /images/search
      POST /images/prune?filters={"label":["none-has-it"]}
      POST /auth {}
      GET /info
      GET /version
      GET /_ping
      HEAD /_ping
      POST /commit?container=none {}
      GET /events?since=1&until=1
      GET /system/df
      GET /images/none/get
      GET /images/get?names=none
      POST /images/load
      POST /containers/none/exec {"Cmd":["true"]}
      POST /exec/none/start {"Detach":true}
      POST /exec/none/start {}
      POST /exec/none/resize?h=1&w=1
      GET /exec/none/json
      GET /volumes?filters={"label":["none-has-it"]}
      POST /volumes/create {"Name":"*"}
      GET /volumes/none-such
      PUT /volumes/none-such?version=1 {}
      DELETE /volumes/none-such
      POST /volumes/prune?filters={"label":["none-has-it"]}
      GET /networks?filters={"label":["none-has-it"]}
      GET /networks/none-such
      DELETE /networks/none-such
      POST /networks/create {}
      POST /networks/none-such/connect {"Container":"none"}
      POST /networks/none-such/disconnect {"Container":"none"}
      POST /networks/prune?filters={"label":["none-has-it"]}
      GET /plugins
      GET /plugins/privileges?remote=-
      POST /plugins/pull?remote=- []
      GET /plugins/none/such/json
      DELETE /plugins/none/such
      POST /plugins/none/such/enable?timeout=0
      POST /plugins/none/such/disable
      POST /plugins/none/such/upgrade?remote=- []
      POST /plugins/create?name=-
      POST /plugins/none/such/push
      POST /plugins/none/such/set []
      GET /nodes
      GET /nodes/none
      DELETE /nodes/none
      POST /nodes/none/update?version=1 {}
      GET /swarm
      POST /swarm/init nonsense
      POST /swarm/join nonsense
      POST /swarm/leave
      POST /swarm/update?version=1 {}
      GET /swarm/unlockkey
      POST /swarm/unlock {}
      GET /services
      POST /services/create {}
      GET /services/none
      DELETE /services/none
      POST /services/none/update?version=1 {}
      GET /services/none/logs?stdout=1
      GET /tasks
      GET /tasks/none
      GET /tasks/none/logs?stdout=1
      GET /secrets
      POST /secrets/create {}
      GET /secrets/none
      DELETE /secrets/none
      POST /secrets/none/update?version=1 {}
      GET /configs
      POST /configs/create {}
      GET /configs/none
      DELETE /configs/none
      POST /configs/none/update?version=1 {}
      GET /distribution/127.0.0.1:1/none/json
      POST /session
      GET /containers/json?filters={"nonsense":["1"]}
      GET /containers/json?limit=nonsense
      """;

  private static EdgeServer edge;

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    edge = EdgeServer.before(DockerDaemon.host());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  static Stream<Arguments> requests() {
    return REQUESTS
        .lines()
        .map(line -> (line + "  ").split(" ", 3))
        .map(parts -> Arguments.of(parts[0], parts[1], parts[2].strip()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("requests")
  void answersAsTheDaemonDoes(String method, String target, String body) throws IOException {
    for (String prefix : new String[] {"", "/v1.24", "/v1.41"}) {
      RawClient.Response direct = ask(daemon(), method, prefix + target, body);
      RawClient.Response ours = ask(edge.connect(), method, prefix + target, body);
      assertThat(ours.status()).as(prefix + target).isEqualTo(direct.status());
      assertThat(names(ours)).as(prefix + target).isEqualTo(names(direct));
      assertThat(ours.all("Content-Type")).isEqualTo(direct.all("Content-Type"));
      if (!CHANGING.contains(target)) {
        assertThat(ours.text().strip()).as(prefix + target).isEqualTo(direct.text().strip());
      }
    }
  }

  /** Whoever attaches is told as by dockerd, which writes text under the type of a stream. */
  @Test
  void attachToAContainerThatIsNotThereIsToldAsTheDaemonDoes() throws IOException {
    String target = "/containers/none/attach?stream=1";
    RawClient.Response ours = ask(edge.connect(), "POST", target, "");
    RawClient.Response direct = ask(daemon(), "POST", target, "");
    assertThat(ours.status()).isEqualTo(404).isEqualTo(direct.status());
    assertThat(ours.all("Content-Type")).isEqualTo(direct.all("Content-Type"));
    assertThat(ours.text()).isEqualTo("No such container: none\r\n").isEqualTo(direct.text());
  }

  private static RawClient.Response ask(RawClient client, String method, String target, String body)
      throws IOException {
    try (client) {
      client.send(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return client.response(method);
    }
  }

  /** Which fields there are; each connection frames its bodies and ends by itself. */
  private static Set<String> names(RawClient.Response response) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    response.fields().forEach(field -> names.add(field.substring(0, field.indexOf(':'))));
    names.removeAll(Set.of("Content-Length", "Transfer-Encoding", "Connection"));
    return names;
  }

  private static RawClient daemon() throws IOException {
    String host = DockerDaemon.host();
    SocketAddress address =
        host.startsWith("unix://")
            ? UnixDomainSocketAddress.of(host.substring("unix://".length()))
            : new InetSocketAddress(URI.create(host).getHost(), URI.create(host).getPort());
    return RawClient.connect(address);
  }
}
