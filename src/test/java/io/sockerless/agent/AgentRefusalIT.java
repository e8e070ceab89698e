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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is no agent, or none that behaves: refused, logged, and nothing of it is kept. */
@Timeout(300)
class AgentRefusalIT {

  private static final String OURS = "io.sockerless.agent.";
  private static final String EXECS = "io.sockerless.backend.core.exec.ExecInstance";

  /** In nobody's log but its own: whole classes of tests share the server. */
  private static final String WRONG_TOKEN = "1f".repeat(32);

  private static final String AGENTS_SESSION = OURS + "program.Session";
  private static final int ASKED_FOR = 10_000;
  private static final int CLIENTS = 4;
  private static final long TAKEN = 1_000;

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
    Map<String, Long> objects = LiveObjects.of(server.process(), "io.sockerless.");
    // What else there is belongs to no agent and no session: the driver, its registry, constants.
    objects
        .keySet()
        .removeIf(name ->
            !(name.startsWith(OURS + "Remote")
                || name.startsWith(OURS + "AgentEndpoint")
                || name.equals(OURS + "protocol.Link")
                || name.endsWith("boundStream")
                || name.equals(EXECS)));
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
          case "empty" -> Map.of("Authorization", "Bearer");
          case "wrong" -> Map.of("Authorization", "Bearer " + WRONG_TOKEN);
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
    assertThat(log(WRONG_TOKEN)).isEmpty();
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

  @Test
  void sessionsBeyondWhatAnAgentTakesAreRefusedAndLeaveNothing() throws Exception {
    String id = create();
    Machine machine = Machine.start(server, id);
    open.add(machine);
    docker.ok("start", id);

    InternalApi api = InternalApi.at(server.edgePort());
    List<InternalApi.Reply> refused = new CopyOnWriteArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      Callable<Void> client =
          () -> {
            for (int i = 0; i < ASKED_FOR / CLIENTS; i++) {
              InternalApi.Reply started = exec(api, id);
              if (started.status() != 200) {
                refused.add(started);
              }
            }
            return null;
          };
      for (Future<Void> each : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
        each.get();
      }
    }

    // One session is the container's command itself.
    assertThat(refused)
        .hasSize((int) (ASKED_FOR - TAKEN + 1))
        .allSatisfy(reply -> {
          assertThat(reply.status()).isEqualTo(500);
          assertThat(reply.message())
              .isEqualTo(
                  "OCI runtime exec failed: exec failed: unable to start container process: the"
                      + " agent has 1000 sessions, which is all it takes: unknown");
        });
    assertThat(log(id + ": a command is refused: ")).hasSameSizeAs(refused);
    assertThat(LiveObjects.of(machine.process(), AGENTS_SESSION))
        .containsEntry(AGENTS_SESSION, TAKEN);
    assertThat(docker.ok("inspect", "-f", "{{.State.Status}} {{len .ExecIDs}}", id))
        .isEqualTo("running " + (TAKEN - 1));
  }

  private static InternalApi.Reply exec(InternalApi api, String container) {
    String exec =
        api.post("containers/" + container + "/exec", "{\"Cmd\":[\"sleep\",\"1000\"]}")
            .object()
            .getString("Id");
    return api.post("exec/" + exec + "/start", "{\"Detach\":true}");
  }
}
