import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Containers whose commands run elsewhere: through our server, and the agent's own process. */
final class AgentSessions {

  private static final double CONNECT_SECONDS = 0.5;
  private static final double STREAM_RATIO = 0.5;
  private static final double CROWD_RATIO = 1.25;
  private static final int LIMIT_SECONDS = 120;
  private static final int PIECE = 64 * 1024;
  private static final int PIECES = 15_259;
  private static final long BYTES = (long) PIECE * PIECES;
  private static final int AT_ONCE = 200;
  private static final int EACH = 300_000;

  private static final String WRITE =
      "exec dd if=/dev/zero bs=" + PIECE + " count=" + PIECES + " 2>/dev/null";
  private static final String READ = "exec wc -c";
  private static final String SOME = "exec head -c " + EACH + " /dev/zero";
  private static final String FOR_EVER = "exec cat /dev/zero";

  private static final Endpoint BESIDE = new Endpoint("beside", "");
  private static final Endpoint ALONE = new Endpoint("alone", "");
  private static final Endpoint RELAY = new Endpoint("TCP relay", "");

  private final Bench bench;
  private final Endpoint server;
  private final Fixture fixture;

  AgentSessions(Bench bench, Endpoint server, Fixture fixture) {
    this.bench = bench;
    this.server = server;
    this.fixture = fixture;
  }

  void run() throws Exception {
    connect();
    // On a machine of its own: what the readers have left that slept writes on for ever.
    try (AgentMachine machine = AgentMachine.calling(server)) {
      crowd(machine.run());
    }
    try (PlainRelay relay = new PlainRelay()) {
      try (AgentMachine machine = AgentMachine.calling(server)) {
        compare("that calls", machine.run(), relay);
      }
      try (AgentMachine machine = AgentMachine.called(server)) {
        compare("that is called", machine.run(), relay);
      }
    }
  }

  private void connect() throws IOException {
    double[] seconds = new double[bench.quick() ? 4 : 10];
    for (int i = 0; i < seconds.length; i++) {
      try (AgentMachine machine = AgentMachine.calling(server)) {
        seconds[i] = machine.awaitConnection().toMillis() / 1000.0;
      }
      System.out.printf("  agent %d: connected after %s s%n", i + 1, Report.number(seconds[i]));
    }
    bench
        .report()
        .own("agent, process start to connected", "s", Rounds.median(seconds), CONNECT_SECONDS);
  }

  private void crowd(String container) throws Exception {
    String name = "agent, %d execs at once, p50, beside a reader that sleeps".formatted(AT_ONCE);
    Rounds.Measure measure =
        endpoint ->
            new double[] {
              Http.limited(
                  LIMIT_SECONDS, () -> endpoint == BESIDE ? beside(container) : alone(container))
            };
    measure.on(ALONE);
    measure.on(BESIDE);
    Rounds rounds = Rounds.of(name, "ms", bench.quick() ? 3 : 7, BESIDE, ALONE, measure);
    bench.report().atMost(name, "ms", rounds, 0, CROWD_RATIO);
  }

  private double beside(String container) throws Exception {
    String exec = fixture.exec(container, FOR_EVER);
    try (Http sleeper = Http.openIdle(server)) {
      sleeper.hijack("/exec/" + exec + "/start", "{}");
      return alone(container);
    }
  }

  /** The median of how long they take, in milliseconds. */
  private double alone(String container) throws Exception {
    Callable<Double> one =
        () -> {
          long start = System.nanoTime();
          String exec = fixture.exec(container, SOME);
          try (Http http = Http.open(server)) {
            http.hijack("/exec/" + exec + "/start", "{}");
            expect(EACH, http.readFrames());
          }
          return (System.nanoTime() - start) / 1e6;
        };
    List<Future<Double>> all;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all = threads.invokeAll(Collections.nCopies(AT_ONCE, one));
    }
    double[] millis = new double[AT_ONCE];
    for (int i = 0; i < millis.length; i++) {
      millis[i] = all.get(i).get();
    }
    return Rounds.median(millis);
  }

  private interface Transfer {
    void run() throws Exception;
  }

  private void compare(String which, String container, PlainRelay relay) throws Exception {
    compare("exec, out of an agent " + which, () -> sessionOut(container), () -> relayOut(relay));
    compare("exec, into an agent " + which, () -> sessionIn(container), () -> relayIn(relay));
  }

  private void compare(String what, Transfer session, Transfer plain) throws Exception {
    String name = what + ", 1000 MB, beside a TCP relay";
    Rounds.Measure measure =
        endpoint -> {
          long start = System.nanoTime();
          Http.limited(
              LIMIT_SECONDS,
              () -> {
                (endpoint == RELAY ? plain : session).run();
                return "";
              });
          return new double[] {BYTES / 1e6 / ((System.nanoTime() - start) / 1e9)};
        };
    // The median leaves out the first ones, in which much is still compiled.
    Rounds rounds = Rounds.of(name, "MB/s", bench.quick() ? 1 : 9, server, RELAY, measure);
    bench.report().atLeast(name, "MB/s", rounds, 0, STREAM_RATIO);
  }

  private void sessionOut(String container) throws IOException {
    String exec = fixture.exec(container, WRITE);
    try (Http http = Http.open(server)) {
      http.hijack("/exec/" + exec + "/start", "{}");
      expect(BYTES, http.readFrames());
    }
  }

  private void sessionIn(String container) throws IOException {
    String exec = fixture.exec(container, READ);
    try (Http http = Http.open(server)) {
      http.hijack("/exec/" + exec + "/start", "{}");
      ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE);
      for (int i = 0; i < PIECES; i++) {
        http.write(zeros.clear());
      }
      http.closeInput();
      expect(Long.toString(BYTES).length() + 1, http.readFrames());
    }
  }

  private static void relayOut(PlainRelay relay) throws IOException {
    try (Socket socket = relay.open(WRITE)) {
      expect(BYTES, drain(socket));
    }
  }

  private static void relayIn(PlainRelay relay) throws IOException {
    try (Socket socket = relay.open(READ)) {
      OutputStream output = socket.getOutputStream();
      byte[] zeros = new byte[PIECE];
      for (int i = 0; i < PIECES; i++) {
        output.write(zeros);
      }
      socket.shutdownOutput();
      expect(Long.toString(BYTES).length() + 1, drain(socket));
    }
  }

  private static long drain(Socket socket) throws IOException {
    InputStream input = socket.getInputStream();
    byte[] piece = new byte[256 * 1024];
    long total = 0;
    int count;
    while ((count = input.read(piece)) >= 0) {
      total += count;
    }
    return total;
  }

  private static void expect(long wanted, long received) throws IOException {
    if (received != wanted) {
      throw new IOException("received " + received + " bytes instead of " + wanted);
    }
  }
}
