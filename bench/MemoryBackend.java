import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The memory backend beside the daemon: its start, and short containers. */
final class MemoryBackend implements Section {

  private static final double READY_SECONDS = 5;
  private static final double CYCLE_MILLIS = 5;
  private static final double RUN_RATIO = 0.333;
  private static final List<String> STEPS = List.of("create", "start", "wait", "remove");

  @Override
  public void run(Bench bench) throws Exception {
    startup(bench);
    try (DataFolder data = DataFolder.make();
        Server server = Server.ofMemory(data.path())) {
      Endpoint us = bench.ours(server);
      Fixture.pull(us);
      cycles(bench, us);
      commands(bench, us);
    }
  }

  private static void startup(Bench bench) throws Exception {
    int starts = bench.quick() ? 2 : 5;
    double[] ready = new double[starts];
    double[] resident = new double[starts];
    double[] live = new double[starts];
    for (int i = 0; i < starts; i++) {
      try (DataFolder data = DataFolder.make();
          Server server = Server.ofMemory(data.path())) {
        ready[i] = server.ready().toMillis() / 1000.0;
        Thread.sleep(3000);
        resident[i] = server.resident() / 1024.0;
        live[i] = server.liveHeap() / 1024.0;
      }
      System.out.printf("  start %d: ready after %s s%n", i + 1, Report.number(ready[i]));
    }
    bench.report().own("memory, start to ready", "s", Rounds.median(ready), READY_SECONDS);
    show(bench, "memory, idle memory, resident", resident);
    show(bench, "memory, idle memory, live heap", live);
  }

  private static void show(Bench bench, String name, double[] megabytes) {
    bench.report().show(name, Report.number(Rounds.median(megabytes)) + " MB", "");
  }

  private static void cycles(Bench bench, Endpoint us) throws Exception {
    Map<Endpoint, Http> connections = new HashMap<>();
    try {
      for (Endpoint endpoint : List.of(us, bench.daemon())) {
        connections.put(endpoint, Http.open(endpoint));
      }
      cycles(us, connections.get(us), bench.quick() ? 200 : 1000);
      Rounds rounds =
          Rounds.of(
              "create → start → wait → remove, and each",
              "ms",
              bench.quick() ? 3 : 7,
              us,
              bench.daemon(),
              endpoint ->
                  cycles(endpoint, connections.get(endpoint), endpoint == us ? 100 : 8));
      bench.report().own(
          "memory, create → start → wait → remove, p50", "ms", rounds.us(0), CYCLE_MILLIS);
      bench.report().compare("memory, create → start → wait → remove, p50", "ms", rounds, 0);
      for (String step : STEPS) {
        bench
            .report()
            .compare("memory, " + step + ", p50", "ms", rounds, 1 + STEPS.indexOf(step));
      }
    } finally {
      connections.values().forEach(Http::close);
    }
  }

  /** Medians in milliseconds: of the whole, and of each step. */
  static double[] cycles(Endpoint endpoint, Http http, int count) throws Exception {
    return Http.limited(
        120,
        () -> {
          List<double[]> all = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            all.add(cycle(endpoint, http));
          }
          double[] medians = new double[1 + STEPS.size()];
          for (int i = 0; i < medians.length; i++) {
            int column = i;
            medians[i] = Rounds.median(all.stream().mapToDouble(it -> it[column]).toArray());
          }
          return medians;
        });
  }

  private static double[] cycle(Endpoint endpoint, Http http) throws IOException {
    double[] millis = new double[1 + STEPS.size()];
    long start = System.nanoTime();
    String created =
        http.text(
            endpoint,
            "POST",
            "/containers/create",
            "{\"Image\": \"%s\", \"Cmd\": [\"true\"]}".formatted(Fixture.IMAGE));
    String path = "/containers/" + Fixture.id(created);
    long last = since(start, millis, 1);
    http.text(endpoint, "POST", path + "/start", "");
    last = since(last, millis, 2);
    http.text(endpoint, "POST", path + "/wait", "");
    last = since(last, millis, 3);
    http.text(endpoint, "DELETE", path, "");
    since(last, millis, 4);
    since(start, millis, 0);
    return millis;
  }

  private static long since(long start, double[] millis, int step) {
    long now = System.nanoTime();
    millis[step] = (now - start) / 1e6;
    return now;
  }

  private static void commands(Bench bench, Endpoint us) throws Exception {
    for (String network : List.of("bridge", "none")) {
      for (int i = 0; i < (bench.quick() ? 2 : 8); i++) {
        RunCommand.dockerRun(us, network);
      }
      RunCommand.dockerRun(bench.daemon(), network);
      String name = "memory, docker run --rm --network " + network;
      Rounds rounds =
          Rounds.of(
              name,
              "ms",
              bench.quick() ? 4 : 16,
              us,
              bench.daemon(),
              endpoint -> new double[] {RunCommand.dockerRun(endpoint, network)});
      bench.report().atMost(name, "ms", rounds, 0, RUN_RATIO);
    }
  }
}
