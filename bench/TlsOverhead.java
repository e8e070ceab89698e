import java.io.IOException;

/**
 * What TLS costs: our server with it beside our server without it, both before the same daemon, by
 * TCP on loopback. The client is Java's too and has the other half of the work, on the same cores.
 */
final class TlsOverhead implements Section {

  private static final int LIMIT_SECONDS = 120;

  @Override
  public void run(Bench bench) throws Exception {
    try (Pem pem = Pem.make();
        Server plain = new Server(bench.daemon());
        Server encrypted = Server.withTls(bench.daemon(), pem);
        Fixture fixture = new Fixture(bench.daemon())) {
      Sides sides = new Sides(bench, encrypted.tcp(), plain.tcp());
      sides.latency();
      sides.connections();
      long size = bench.bytes();
      Streams streams = Streams.of(size, fixture);
      sides.throughput("exec, out", size, streams::execOut);
      sides.throughput("exec, in", size, streams::execIn);
      sides.throughput("exec, in and out", size, streams::execEcho);
      sides.throughput("copy out", size, streams::copyOut);
      sides.throughput("copy in", size, streams::copyIn);
    }
  }

  private record Sides(Bench bench, Endpoint encrypted, Endpoint plain) {

    void latency() throws Exception {
      byte[] ping = Http.encode("GET", "/_ping", "");
      try (Http secret = Http.open(encrypted);
          Http open = Http.open(plain)) {
        Rounds.Measure measure =
            endpoint -> Latency.percentiles(endpoint == encrypted ? secret : open, ping, 500);
        for (int warm = 0; warm < 10; warm++) {
          measure.on(encrypted);
          measure.on(plain);
        }
        Rounds rounds = rounds("_ping p50 / p99", "ms", measure);
        bench.report().compare("TLS to plain, _ping, p50", "ms", rounds, 0);
        bench.report().compare("TLS to plain, _ping, p99", "ms", rounds, 1);
      }
    }

    void connections() throws Exception {
      byte[] ping = Http.encode("GET", "/_ping", "");
      Rounds rounds =
          rounds("connection and _ping", "ms", endpoint -> new double[] {connect(endpoint, ping)});
      bench.report().compare("TLS to plain, connection and _ping", "ms", rounds, 0);
    }

    private static double connect(Endpoint endpoint, byte[] ping) throws IOException {
      int count = 50;
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        try (Http http = Http.open(endpoint)) {
          http.exchange(ping);
        }
      }
      return (System.nanoTime() - start) / 1e6 / count;
    }

    void throughput(String name, long size, Streams.Transfer transfer) throws Exception {
      Rounds.Measure measure =
          endpoint ->
              new double[] {
                size / 1e6 / Http.<Double>limited(LIMIT_SECONDS, () -> transfer.on(endpoint))
              };
      measure.on(encrypted);
      Rounds rounds = rounds(name, "MB/s", measure);
      bench
          .report()
          .compare(
              "TLS to plain, " + name + ", " + size / 1_000_000 + " MB", "MB/s", rounds, 0);
    }

    private Rounds rounds(String name, String unit, Rounds.Measure measure) throws Exception {
      return Rounds.of(name, unit, bench.quick() ? 3 : 7, encrypted, plain, measure);
    }
  }
}
