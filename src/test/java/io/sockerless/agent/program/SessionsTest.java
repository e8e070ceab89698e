package io.sockerless.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.agent.protocol.Message;
import io.sockerless.agent.protocol.Wire;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SessionsTest {

  private static final int ASKED_FOR = 10_000;

  /** Keeps how each session ended. */
  private static final class Server implements Wire {
    final Map<Integer, Message> ends = new ConcurrentHashMap<>();

    @Override
    public void send(Message message) {
      switch (message) {
        case Message.Exit exit -> ends.put(exit.id(), exit);
        case Message.Failed failed -> ends.put(failed.id(), failed);
        default -> {}
      }
    }

    @Override
    public void close(String reason) {}
  }

  private static Sessions connected(Server server) throws Exception {
    Options options = Options.parse(List.of("--addr", ":1"), List.of());
    Sessions sessions = new Sessions(new WrappedCommand(options), () -> {});
    sessions.link().connect(server);
    sessions.link().receive(server, new Message.Hello("server", "", 0, 1));
    return sessions;
  }

  @Test
  void ofTenThousandSessionsAThousandAreTakenAndTheRestRefused() throws Exception {
    Server server = new Server();
    Sessions sessions = connected(server);

    for (int round = 0; round < 2; round++) {
      int first = round * ASKED_FOR;
      for (int id = first; id < first + ASKED_FOR; id++) {
        sessions.received(new Message.PutArchive(id, "/tmp", false, false));
      }
      int refused = (round + 1) * (ASKED_FOR - Sessions.MAX) + round * Sessions.MAX;
      await().untilAsserted(() -> assertThat(server.ends).hasSize(refused));
      // The archive that never came ends, and with it all that were taken: there is room again.
      for (int id = first; id < first + ASKED_FOR; id++) {
        sessions.received(new Message.CloseStdin(id));
      }
      await().untilAsserted(() -> assertThat(server.ends).hasSize(refused + Sessions.MAX));
    }

    assertThat(server.ends.values())
        .filteredOn(end -> end instanceof Message.Failed failed && failed.code() == 503)
        .hasSize(2 * (ASKED_FOR - Sessions.MAX));
  }
}
