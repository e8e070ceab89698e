import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The memory backend with ever more containers in its store, all created and none running. */
final class Scale implements Section {

  private static final int SMALLEST = 10;
  private static final int STORE_FOR_START = 10_000;
  private static final double START_SECONDS = 5;
  private static final int MAKERS = 4;

  /** How many containers a filtered list finds, however many there are. */
  private static final int FOUND = 10;

  private static final String BODY =
      """
      {"Image": "%s", "Cmd": ["true"], "Labels": {"bench.round": "%d", "bench.kind": "scale"}}\
      """;

  @Override
  public void run(Bench bench) throws Exception {
    try (DataFolder data = DataFolder.make()) {
      int there = 0;
      double smallest = 0;
      for (int size = SMALLEST; size <= bench.containers(); size *= 10) {
        try (Server server = Server.ofMemory(data.path())) {
          Endpoint us = bench.ours(server);
          if (there > 0) {
            start(bench, there, server);
          }
          Fixture.pull(us);
          make(bench, us, there, size);
          double inspect = measure(bench, us, size);
          smallest = size == SMALLEST ? inspect : smallest;
          bench
              .report()
              .show(
                  name(size, "live heap"),
                  Report.number(server.liveHeap() / 1024.0) + " MB",
                  "");
          if (size > SMALLEST) {
            bench.report().show(
                name(size, "inspect p99, times that at " + SMALLEST),
                Report.number(inspect / smallest),
                "");
          }
        }
        there = size;
      }
      try (Server server = Server.ofMemory(data.path())) {
        start(bench, there, server);
      }
    }
  }

  private static String name(int containers, String what) {
    return "%,d containers, %s".formatted(containers, what);
  }

  private static void start(Bench bench, int containers, Server server) {
    double seconds = server.ready().toMillis() / 1000.0;
    String name = name(containers, "start to ready");
    if (containers == STORE_FOR_START) {
      bench.report().own(name, "s", seconds, START_SECONDS);
    } else {
      bench.report().show(name, Report.number(seconds) + " s", "");
    }
  }

  /** Adds containers until there are so many; ten of each size have a label of their own. */
  private static void make(Bench bench, Endpoint us, int from, int to) throws Exception {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(MAKERS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int maker = 0; maker < MAKERS; maker++) {
        int first = from + maker;
        running.add(
            threads.submit(() -> {
              try (Http http = Http.open(us)) {
                for (int i = first; i < to; i += MAKERS) {
                  int round = i - from < FOUND ? to : 0;
                  String json = BODY.formatted(Fixture.IMAGE, round);
                  http.text(us, "POST", "/containers/create?name=scale" + i, json);
                }
              }
              return null;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    double millis = (System.nanoTime() - start) / 1e6 / (to - from);
    bench.report().show(name(to, "created by " + MAKERS), Report.number(millis) + " ms each", "");
  }

  /** Answers the 99th percentile of inspect. */
  private static double measure(Bench bench, Endpoint us, int size) throws Exception {
    int rounds = bench.quick() ? 3 : 7;
    int large = Math.clamp(100_000 / size, 2, 200);
    try (Http http = Http.open(us)) {
      double[] inspect = percentiles(http, inspects(size), rounds, 500);
      show(bench, size, "inspect", inspect);
      show(
          bench,
          size,
          "list of " + FOUND + " by label",
          percentiles(http, list("{\"label\":[\"bench.round=" + size + "\"]}"), rounds, 200));
      show(
          bench,
          size,
          "list of 1 by name",
          percentiles(http, list("{\"name\":[\"^/scale" + size / 2 + "$\"]}"), rounds, 200));
      show(
          bench, size, "list of none by status", percentiles(http, list("{\"status\":[\"running\"]}"), rounds, 200));
      show(bench, size, "list of all", percentiles(http, list("{}"), 3, large));
      show(bench, size, "change to event", events(us, http, rounds, 100));
      return inspect[1];
    }
  }

  private static void show(Bench bench, int size, String what, double[] millis) {
    bench
        .report()
        .show(
            name(size, what + ", p50 / p99"),
            Report.number(millis[0]) + " / " + Report.number(millis[1]) + " ms",
            "");
  }

  private static List<byte[]> inspects(int size) {
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      requests.add(Http.encode("GET", "/containers/scale" + (long) size * i / 100 + "/json", ""));
    }
    return requests;
  }

  private static List<byte[]> list(String filters) {
    String encoded = URLEncoder.encode(filters, StandardCharsets.US_ASCII);
    return List.of(Http.encode("GET", "/containers/json?all=1&filters=" + encoded, ""));
  }

  /** Median of the rounds' 50th and 99th percentiles, in milliseconds, after one that warms up. */
  private static double[] percentiles(Http http, List<byte[]> requests, int rounds, int count)
      throws Exception {
    double[] medians = new double[rounds];
    double[] tails = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double[] millis =
          Http.limited(120, () -> {
            double[] each = new double[count];
            for (int i = 0; i < count; i++) {
              long start = System.nanoTime();
              http.exchange(requests.get(i % requests.size()));
              each[i] = (System.nanoTime() - start) / 1e6;
            }
            return each;
          });
      keep(millis, round, medians, tails);
    }
    return new double[] {Rounds.median(medians), Rounds.median(tails)};
  }

  private static void keep(double[] millis, int round, double[] medians, double[] tails) {
    if (round >= 0) {
      Arrays.sort(millis);
      medians[round] = millis[millis.length / 2];
      tails[round] = millis[millis.length * 99 / 100];
    }
  }

  /** From the request that renames a container to the event of that at another client. */
  private static double[] events(Endpoint us, Http http, int rounds, int count) throws Exception {
    double[] medians = new double[rounds];
    double[] tails = new double[rounds];
    try (Http listener = Http.open(us)) {
      listener.follow("/events");
      for (int round = -1; round < rounds; round++) {
        double[] millis = Http.limited(60, () -> renames(us, http, listener, count));
        keep(millis, round, medians, tails);
      }
    }
    return new double[] {Rounds.median(medians), Rounds.median(tails)};
  }

  private static double[] renames(Endpoint us, Http http, Http listener, int count)
      throws IOException {
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      String from = i % 2 == 0 ? "scale0" : "scale0-renamed";
      String to = i % 2 == 0 ? "scale0-renamed" : "scale0";
      long start = System.nanoTime();
      http.text(us, "POST", "/containers/" + from + "/rename?name=" + to, "");
      listener.nextChunk();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    return millis;
  }
}
