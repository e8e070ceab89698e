import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Small requests: one after the other on a kept connection, and as many as eight connections can
 * ask for.
 */
final class Latency implements Section {

  private static final double TARGET = 2;
  private static final int CONTAINERS = 10;
  private static final int CONNECTIONS = 8;

  @Override
  public void run(Bench bench) throws Exception {
    try (Server server = new Server(bench.daemon());
        Fixture fixture = new Fixture(bench.daemon())) {
      String id = fixture.running();
      for (int i = 1; i < CONTAINERS; i++) {
        fixture.create("true");
      }
      measure(bench, server, "_ping", "/_ping", false);
      measure(bench, server, "inspect", "/containers/" + id + "/json", true);
      measure(bench, server, "list", "/containers/json?all=1", true);
    }
  }

  private static void measure(
      Bench bench, Server server, String name, String path, boolean targeted) throws Exception {
    byte[] request = Http.encode("GET", path, "");
    Endpoint us = bench.ours(server);
    rate(us, request, bench.quick() ? 6000 : 20_000);
    rate(bench.daemon(), request, 500);

    Map<Endpoint, Http> connections = new HashMap<>();
    List<Endpoint> endpoints = List.of(us, server.tcp(), bench.daemon());
    try {
      for (Endpoint endpoint : endpoints) {
        connections.put(endpoint, Http.open(endpoint));
      }
      Rounds.Measure latency =
          endpoint -> percentiles(connections.get(endpoint), request, bench.quick() ? 200 : 500);
      latency.on(us);
      latency.on(server.tcp());
      latency.on(bench.daemon());
      int rounds = bench.quick() ? 4 : 16;
      Rounds unix = Rounds.of(name + " p50 / p99", "ms", rounds, us, bench.daemon(), latency);
      if (targeted) {
        bench.report().atMost(name + ", p50", "ms", unix, 0, TARGET);
      } else {
        bench.report().compare(name + ", p50", "ms", unix, 0);
      }
      bench.report().compare(name + ", p99", "ms", unix, 1);
      if (bench.daemon().isUnix()) {
        Rounds tcp =
            Rounds.of(name + " p50 / p99", "ms", rounds / 2, server.tcp(), bench.daemon(), latency);
        bench.report().compare(name + ", p50, our TCP to its unix", "ms", tcp, 0);
      }
    } finally {
      connections.values().forEach(Http::close);
    }

    int requests = bench.quick() ? 2000 : 8000;
    Rounds rate =
        Rounds.of(
            name + " by " + CONNECTIONS,
            "requests/s",
            bench.quick() ? 2 : 6,
            us,
            bench.daemon(),
            endpoint -> new double[] {rate(endpoint, request, requests)});
    bench.report().compare(name + ", requests/s by " + CONNECTIONS, "/s", rate, 0);
  }

  /** Median and 99th percentile, in milliseconds, of requests one after the other. */
  static double[] percentiles(Http http, byte[] request, int count) throws Exception {
    return Http.limited(
        60,
        () -> {
          long[] nanos = new long[count];
          for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            http.exchange(request);
            nanos[i] = System.nanoTime() - start;
          }
          Arrays.sort(nanos);
          return new double[] {nanos[count / 2] / 1e6, nanos[count * 99 / 100] / 1e6};
        });
  }

  /** Requests per second over all connections at once. */
  private static double rate(Endpoint endpoint, byte[] request, int total) throws Exception {
    return Http.limited(
        120,
        () -> {
          try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < CONNECTIONS; i++) {
              running.add(
                  threads.submit(() -> {
                    try (Http http = Http.open(endpoint)) {
                      for (int j = 0; j < total / CONNECTIONS; j++) {
                        http.exchange(request);
                      }
                    }
                    return null;
                  }));
            }
            for (Future<?> each : running) {
              each.get();
            }
            return total / ((System.nanoTime() - start) / 1e9);
          }
        });
  }
}
