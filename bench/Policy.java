import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What rules and their record cost: a server with a thousand rules and an audit beside one with
 * neither, which takes the daemon's place in the figures.
 */
final class Policy implements Section {

  private static final double TARGET = 1.1;
  private static final int RULES = 1_000;
  private static final int CONTAINERS = 10;

  /**
   * As long as it takes until what the rules add is compiled as well as what they are added to:
   * some 40,000 requests, or 2,000 containers.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** Both servers before the same daemon. */
  @Override
  public void run(Bench bench) throws Exception {
    try (DataFolder files = DataFolder.make();
        Server plain = new Server(bench.daemon());
        Server ruled = Server.before(bench.daemon(), settings(files.path()))) {
      Endpoint with = bench.ours(ruled);
      String name = "sockerless-bench-policy-" + ProcessHandle.current().pid();
      List<String> ids = new ArrayList<>();
      try {
        for (int i = 0; i < CONTAINERS; i++) {
          ids.add(create(with, name, name + i));
        }
        String filter = "%7B%22label%22%3A%5B%22bench%3D" + name + "%22%5D%7D";
        measure(bench, with, bench.ours(plain), "_ping", "/_ping");
        measure(
            bench,
            with,
            bench.ours(plain),
            "inspect by id",
            "/containers/" + ids.getFirst() + "/json");
        measure(
            bench, with, bench.ours(plain), "inspect by name", "/containers/" + name + "0/json");
        measure(bench, with, bench.ours(plain), "list", "/containers/json?all=1&filters=" + filter);
      } finally {
        for (String id : ids) {
          Http.call(bench.daemon(), "DELETE", "/containers/" + id, "");
        }
      }
    }
    memory(bench);
  }

  private static void memory(Bench bench) throws Exception {
    try (DataFolder plainData = DataFolder.make();
        DataFolder ruledData = DataFolder.make();
        DataFolder files = DataFolder.make();
        Server plain = Server.ofMemory(plainData.path());
        Server ruled = Server.ofMemory(ruledData.path(), settings(files.path()))) {
      Fixture.pull(bench.ours(plain));
      Fixture.pull(bench.ours(ruled));
      cycles(bench, bench.ours(ruled), bench.ours(plain));
    }
  }

  private static Map<String, String> settings(Path folder) throws IOException {
    return Map.of(
        "SOCKERLESS_POLICY_FILE",
        rules(folder.resolve("policy.yaml")).toString(),
        "SOCKERLESS_AUDIT_FILE",
        folder.resolve("audit.log").toString());
  }

  /**
   * Four fifths are about others. The rest is about whoever asks: half of it about powers, which
   * only what asks for one is compared with, and half about images, which each request is.
   */
  private static Path rules(Path file) throws IOException {
    StringBuilder rules = new StringBuilder("rules:\n");
    rules.append("- {who: ['*'], allow: [system.*, containers.*, images.*]}\n");
    for (int i = 1; i < RULES; i++) {
      rules.append(
          i % 5 == 0
              ? "- {who: ['*'], deny: [containers.*], when: {" + denied(i) + "}}\n"
              : "- {who: [user"
                  + i
                  + "], allow: [containers.*], when: {images: [app"
                  + i
                  + "]}}\n");
    }
    return Files.writeString(file, rules);
  }

  private static String denied(int rule) {
    return (rule % 2 == 0 ? "binds: [/secret" : "images: [secret") + rule + "]";
  }

  private static String create(Endpoint endpoint, String label, String name) throws IOException {
    return Fixture.id(
        Http.call(
            endpoint,
            "POST",
            "/containers/create?name=" + name,
            "{\"Image\": \"%s\", \"Cmd\": [\"true\"], \"Labels\": {\"bench\": \"%s\"}}"
                .formatted(Fixture.IMAGE, label)));
  }

  private static void measure(
      Bench bench, Endpoint with, Endpoint without, String name, String path) throws Exception {
    int count = bench.quick() ? 300 : 1000;
    byte[] request = Http.encode("GET", path, "");
    try (Http first = Http.open(with);
        Http second = Http.open(without)) {
      Map<Endpoint, Http> connections = Map.of(with, first, without, second);
      Rounds.Measure latency =
          endpoint -> Latency.percentiles(connections.get(endpoint), request, count);
      warmUp(bench, with, without, latency);
      Rounds rounds = Rounds.of(name, "ms", bench.quick() ? 8 : 16, with, without, latency);
      bench.report().atMost("policy, " + name + ", p50", "ms", rounds, 0, TARGET);
    }
  }

  private static void warmUp(Bench bench, Endpoint with, Endpoint without, Rounds.Measure measure)
      throws Exception {
    Duration time = bench.quick() ? WARM_UP.dividedBy(5) : WARM_UP;
    for (long start = System.nanoTime(); System.nanoTime() - start < time.toNanos(); ) {
      measure.on(with);
      measure.on(without);
    }
  }

  private static void cycles(Bench bench, Endpoint with, Endpoint without) throws Exception {
    try (Http first = Http.open(with);
        Http second = Http.open(without)) {
      Map<Endpoint, Http> connections = Map.of(with, first, without, second);
      int count = bench.quick() ? 30 : 100;
      Rounds.Measure cycles =
          endpoint -> MemoryBackend.cycles(endpoint, connections.get(endpoint), count);
      warmUp(bench, with, without, cycles);
      Rounds rounds = Rounds.of("cycle", "ms", bench.quick() ? 5 : 9, with, without, cycles);
      bench
          .report()
          .atMost("policy, memory, create → start → wait → remove", "ms", rounds, 0, TARGET);
    }
  }
}
