package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.MessageCodec;
import io.sockerless.agent.protocol.WebSocketWire;
import io.sockerless.agent.websocket.CloseReason;
import io.sockerless.agent.websocket.HandshakeRefused;
import io.sockerless.agent.websocket.WebSocket;
import io.sockerless.agent.websocket.WebSocketClient;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.LiveObjects;
import io.sockerless.support.Machine;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is no agent, or none that behaves: refused, logged, and nothing of it is kept. */
@Timeout(300)
class AgentRefusalIT {

  private static final String OURS = "io.sockerless.agent.";
  private static final int ASKED_FOR = 1_100;
  private static final int TAKEN = 1_000;

  private static SockerlessServer server;
  private static DockerCli docker;

  private final List<String> made = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Map<String, Long> before = Map.of();

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    server = SockerlessServer.memory();
    docker = new DockerCli(server.dockerHost());
    // Whatever is made once and for all is there after the first.
    docker.ok("pull", "-q", "alpine");
  }

  @BeforeEach
  void count() {
    before = objects();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    for (String id : made) {
      docker.run("rm", "-f", id);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          assertThat(objects()).isEqualTo(before);
          assertThat(LiveObjects.threads(server.process(), "agent")).isZero();
        });
  }

  private static Map<String, Long> objects() {
    Map<String, Long> objects = LiveObjects.of(server.process(), OURS);
    // Neither belongs to an agent: constants, lambdas without state, the driver and its registry.
    objects
        .keySet()
        .removeIf(name ->
            !(name.startsWith(OURS + "Remote")
                || name.startsWith(OURS + "AgentEndpoint")
                || name.equals(OURS + "protocol.Link")
                || name.endsWith("boundStream")));
    return objects;
  }

  private String create() {
    String id = docker.ok("create", "-l", "sockerless.agent=reverse", "alpine", "sleep", "1000");
    made.add(id);
    return id;
  }

  private static String token(String id) {
    return docker
        .ok("inspect", "-f", "{{range .Config.Env}}{{println .}}{{end}}", id)
        .lines()
        .filter(line -> line.startsWith("SOCKERLESS_AGENT_TOKEN="))
        .findFirst()
        .orElseThrow()
        .split("=", 2)[1];
  }

  private WebSocket connect(String id, String token) throws IOException {
    WebSocket socket =
        WebSocketClient.connect(
            uri(server.edgePort(), "?id=" + id),
            Map.of("Authorization", "Bearer " + token),
            MessageCodec.SUBPROTOCOLS,
            Optional.empty(),
            WebSocketWire.LIMITS);
    open.add(socket);
    return socket;
  }

  private static URI uri(int port, String query) {
    return URI.create("ws://127.0.0.1:" + port + "/internal/v1/agent/connect" + query);
  }

  private static List<String> log(String text) throws IOException {
    return Files.readString(server.log()).lines().filter(line -> line.contains(text)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "empty", "wrong", "another's"})
  void whoHasNotTheContainersTokenIsRefusedInOneLineWithoutTheToken(String kind) throws Exception {
    String id = create();
    String another = token(create());
    Map<String, String> headers =
        switch (kind) {
          case "none" -> Map.of();
          case "empty" -> Map.of("Authorization", "Bearer ");
          case "wrong" -> Map.of("Authorization", "Bearer " + "0".repeat(64));
          default -> Map.of("Authorization", "Bearer " + another);
        };

    for (int port : new int[] {server.edgePort(), server.httpPort()}) {
      assertThatExceptionOfType(HandshakeRefused.class)
          .isThrownBy(() ->
              WebSocketClient.connect(
                  uri(port, "?id=" + id),
                  headers,
                  MessageCodec.SUBPROTOCOLS,
                  Optional.empty(),
                  WebSocketWire.LIMITS))
          .extracting(HandshakeRefused::status)
          .isEqualTo(401);
    }

    assertThat(log(id)).hasSize(2).allMatch(line -> line.contains("an agent is refused: 401"));
    assertThat(log(another)).isEmpty();
    assertThat(log("0".repeat(64))).isEmpty();
  }

  @Test
  void aTokenInTheQueryIsNotLoggedEither() throws Exception {
    String id = create();
    String token = token(id);

    WebSocket socket =
        WebSocketClient.connect(
            uri(server.edgePort(), "?id=" + id + "&token=" + token),
            Map.of(),
            MessageCodec.SUBPROTOCOLS,
            Optional.empty(),
            WebSocketWire.LIMITS);
    open.add(socket);

    socket.sendText(MessageCodec.text(new Message.Hello("instance", "", 0, 1)));
    assertThat(socket.receive()).isPresent();
    assertThat(log(token)).isEmpty();
  }

  @Test
  void aGreetingThatWasSaidBeforeIsRefused() throws Exception {
    String id = create();
    String token = token(id);
    String greeting = MessageCodec.text(new Message.Hello("instance", "", 0, 1));
    WebSocket first = connect(id, token);
    first.sendText(greeting);
    assertThat(first.receive()).isPresent();

    WebSocket replayed = connect(id, token);
    replayed.sendText(greeting);

    assertThat(replayed.receive()).isEmpty();
    assertThat(replayed.closeReason())
        .contains(new CloseReason(4409, "its greeting was said before"));
    assertThat(log(id))
        .anyMatch(line -> line.contains("turned away: its greeting was said before"));
    first.sendText(MessageCodec.text(new Message.Ping()));
    assertThat(first.receive())
        .map(Object::toString)
        .hasValueSatisfying(answer -> assertThat(answer).contains("pong"));
  }

  @Test
  void aMessageThatIsTooLongEndsItsConnection() throws Exception {
    String id = create();
    WebSocket socket = connect(id, token(id));
    socket.sendText(MessageCodec.text(new Message.Hello("instance", "", 0, 1)));
    assertThat(socket.receive()).isPresent();

    byte[] long2 = new byte[2 * MessageCodec.MAX_MESSAGE];
    socket.sendBinary(long2, 0, long2.length);

    assertThat(socket.receive()).isEmpty();
    assertThat(socket.closeReason()).map(CloseReason::code).contains(1009);
    await()
        .untilAsserted(() ->
            assertThat(log(id)).anyMatch(line -> line.contains("connection is closed: 1009")));
  }

  @Tag("slow")
  @Test
  void sessionsBeyondWhatAnAgentTakesAreRefused() throws Exception {
    String id = create();
    Machine machine = Machine.start(server, id);
    open.add(machine);
    docker.ok("start", id);

    InternalApi api = InternalApi.at(server.edgePort());
    int refused = 0;
    for (int i = 0; i < ASKED_FOR; i++) {
      String exec =
          api.post("containers/" + id + "/exec", "{\"Cmd\":[\"sleep\",\"1000\"]}")
              .object()
              .getString("Id");
      InternalApi.Reply started = api.post("exec/" + exec + "/start", "{\"Detach\":true}");
      if (started.status() != 200) {
        refused++;
        assertThat(started.message()).contains("which is all it takes");
      }
    }

    // One session is the container's command itself.
    assertThat(refused).isEqualTo(ASKED_FOR - TAKEN + 1);
    assertThat(docker.ok("inspect", "-f", "{{.State.Status}}", id)).isEqualTo("running");
  }
}
