import io.sockerless.agent.websocket.Decision;
import io.sockerless.agent.websocket.Limits;
import io.sockerless.agent.websocket.Message;
import io.sockerless.agent.websocket.WebSocket;
import io.sockerless.agent.websocket.WebSocketClient;
import io.sockerless.agent.websocket.WebSocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * What the connection to an agent carries, beside a plain TCP connection that carries the same in
 * the same pieces, which no server takes part in; then whole sessions. No daemon takes part.
 */
final class Agent implements Section {

  private static final double TARGET = 0.6;
  private static final long BYTES = 1_000_000_000;
  private static final int PIECE = 32 * 1024;
  private static final int LIMIT_SECONDS = 120;
  private static final Limits LIMITS =
      new Limits(1024 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(45));

  private static final Endpoint WEB_SOCKET = new Endpoint("WebSocket", "");
  private static final Endpoint PLAIN = new Endpoint("plain TCP", "");

  @Override
  public void run(Bench bench) throws Exception {
    compare(bench, "to the server", Agent::webSocketUp);
    compare(bench, "to the client", Agent::webSocketDown);
    try (DataFolder data = DataFolder.make();
        Server server = Server.ofMemory(data.path())) {
      Endpoint us = bench.ours(server);
      Fixture.pull(us);
      try (Fixture fixture = new Fixture(us)) {
        new AgentSessions(bench, us, fixture).run();
      }
    }
  }

  private interface Transfer {
    /** Seconds. */
    double run() throws Exception;
  }

  private static void compare(Bench bench, String direction, Transfer webSocket) throws Exception {
    String name = "WebSocket beside plain TCP, " + direction + ", 1000 MB";
    Rounds.Measure measure =
        endpoint -> {
          Transfer transfer = endpoint == WEB_SOCKET ? webSocket : Agent::plain;
          return new double[] {BYTES / 1e6 / Http.<Double>limited(LIMIT_SECONDS, transfer::run)};
        };
    measure.on(WEB_SOCKET);
    Rounds rounds = Rounds.of(name, "MB/s", bench.quick() ? 1 : 5, WEB_SOCKET, PLAIN, measure);
    bench.report().atLeast(name, "MB/s", rounds, 0, TARGET);
  }

  private static double webSocketUp() throws Exception {
    return exchange(Agent::receive, Agent::send);
  }

  private static double webSocketDown() throws Exception {
    return exchange(Agent::send, Agent::receive);
  }

  private static double exchange(Decision.Session atServer, Decision.Session atClient)
      throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (WebSocketServer server =
            WebSocketServer.listen(
                any, Optional.empty(), 1, LIMITS, request -> new Decision.Accept("", atServer));
        WebSocket client =
            WebSocketClient.connect(
                URI.create("ws://127.0.0.1:" + server.port() + "/ws"),
                Map.of(),
                List.of(),
                Optional.empty(),
                LIMITS)) {
      long start = System.nanoTime();
      atClient.run(client);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Sends all, and waits for the other end to have it. */
  private static void send(WebSocket socket) throws IOException {
    byte[] piece = new byte[PIECE];
    for (long left = BYTES; left > 0; left -= PIECE) {
      socket.sendBinary(piece, 0, (int) Math.min(left, PIECE));
    }
    socket.receive();
  }

  private static void receive(WebSocket socket) throws IOException {
    long left = BYTES;
    while (left > 0) {
      left -= ((Message.Binary) socket.receive().orElseThrow()).bytes().length;
    }
    socket.sendText("all");
  }

  private static double plain() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket sender = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket receiver = listener.accept()) {
      long start = System.nanoTime();
      Callable<Void> receiving =
          () -> {
            drain(receiver);
            return null;
          };
      FutureTask<Void> received = new FutureTask<>(receiving);
      Thread.ofPlatform().start(received);
      OutputStream output = sender.getOutputStream();
      byte[] piece = new byte[PIECE];
      for (long left = BYTES; left > 0; left -= PIECE) {
        output.write(piece, 0, (int) Math.min(left, PIECE));
      }
      sender.getInputStream().read();
      received.get();
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void drain(Socket receiver) throws IOException {
    InputStream input = receiver.getInputStream();
    byte[] piece = new byte[PIECE];
    long left = BYTES;
    while (left > 0) {
      int count = input.read(piece);
      if (count < 0) {
        throw new IOException("the connection ended " + left + " bytes early");
      }
      left -= count;
    }
    receiver.getOutputStream().write(1);
  }
}
