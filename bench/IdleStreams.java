import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Many attached streams on which nothing happens: what each costs, and whether others notice. */
final class IdleStreams implements Section {

  @Override
  public void run(Bench bench) throws Exception {
    int count = bench.quick() ? 400 : 2000;
    String name = "%,d idle streams, ".formatted(count);
    try (Server server = new Server(bench.daemon());
        Fixture fixture = new Fixture(bench.daemon())) {
      Endpoint us = bench.ours(server);
      byte[] ping = Http.encode("GET", "/_ping", "");
      String container = fixture.running();
      end(hold(us, container, 50), fixture, container);
      try (Http warm = Http.open(us)) {
        Latency.percentiles(warm, ping, 3000);
      }

      OptionalLong dockerd =
          bench.daemon().isUnix() ? Memory.listener(bench.daemon().path()) : OptionalLong.empty();
      long daemonBefore = dockerd.isPresent() ? Memory.resident(dockerd.getAsLong()) : 0;
      container = fixture.running();
      List<Http> direct = hold(bench.daemon(), container, count);
      long daemonAfter = dockerd.isPresent() ? Memory.resident(dockerd.getAsLong()) : 0;
      end(direct, fixture, container);

      long heapBefore = server.liveHeap();
      long residentBefore = server.resident();
      container = fixture.running();
      List<Http> streams = hold(us, container, count);
      try {
        long heap = server.liveHeap();
        long resident = server.resident();
        bench.report().show(name + "live heap each", each(heap - heapBefore, count), "");
        bench
            .report()
            .show(
                name + "resident each",
                each(resident - residentBefore, count),
                dockerd.isPresent() ? each(daemonAfter - daemonBefore, count) : "");
        try (Http ours = Http.open(us);
            Http its = Http.open(bench.daemon())) {
          Rounds rounds =
              Rounds.of(
                  name + "_ping p50 / p99",
                  "ms",
                  bench.quick() ? 4 : 10,
                  us,
                  bench.daemon(),
                  endpoint -> Latency.percentiles(endpoint == us ? ours : its, ping, 500));
          bench.report().compare(name + "_ping p50", "ms", rounds, 0);
          bench.report().compare(name + "_ping p99", "ms", rounds, 1);
        }
      } finally {
        end(streams, fixture, container);
      }
      Thread.sleep(4000);
      bench
          .report()
          .show(
              name + "live heap each, once ended", each(server.liveHeap() - heapBefore, count), "");
    }
    encrypted(bench, count, name);
  }

  /** The same by TLS, whose sessions and keys a server has to hold too. */
  private static void encrypted(Bench bench, int count, String name) throws Exception {
    try (Pem pem = Pem.make();
        Server server = Server.withTls(bench.daemon(), pem);
        Fixture fixture = new Fixture(bench.daemon())) {
      String container = fixture.running();
      end(hold(server.tcp(), container, 50), fixture, container);
      long heapBefore = server.liveHeap();
      long residentBefore = server.resident();
      container = fixture.running();
      List<Http> streams = hold(server.tcp(), container, count);
      try {
        long heap = server.liveHeap();
        long resident = server.resident();
        bench.report().show(name + "TLS, live heap each", each(heap - heapBefore, count), "");
        bench.report().show(name + "TLS, resident each", each(resident - residentBefore, count), "");
      } finally {
        end(streams, fixture, container);
      }
    }
  }

  private static List<Http> hold(Endpoint endpoint, String container, int count) throws Exception {
    String attach = "/containers/" + container + "/attach?stream=1&stdin=1&stdout=1&stderr=1";
    List<Http> streams = new ArrayList<>();
    try {
      return Http.limited(
          120,
          () -> {
            for (int i = 0; i < count; i++) {
              Http http = Http.openIdle(endpoint);
              streams.add(http);
              http.hijack(attach, "");
            }
            return streams;
          });
    } catch (Exception e) {
      streams.forEach(Http::close);
      throw e;
    }
  }

  /**
   * The container goes first: a daemon keeps the stream of a client that only went away until the
   * container writes or ends.
   */
  private static void end(List<Http> streams, Fixture fixture, String container)
      throws IOException {
    fixture.remove(container);
    streams.forEach(Http::close);
  }

  private static String each(long kilobytes, int count) {
    return Report.number((double) kilobytes / count) + " KB";
  }
}
