import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The whole run.
 *
 * @param quick fewer rounds and smaller transfers, to try things out
 * @param containers how many the fullest store has
 * @param kills how often the section {@code kill} kills its server
 * @param seed of what that section leaves to chance
 * @param daemon the one to be compared with, which our server has behind it
 */
record Bench(
    boolean quick, int containers, int kills, long seed, Endpoint daemon, Report report) {

  private static final String CONTAINERS = "--containers=";
  private static final String KILLS = "--kills=";
  private static final String SEED = "--seed=";

  private static final Map<String, Supplier<Section>> SECTIONS = new LinkedHashMap<>();

  static {
    SECTIONS.put("startup", Startup::new);
    SECTIONS.put("latency", Latency::new);
    SECTIONS.put("run", RunCommand::new);
    SECTIONS.put("streams", Streams::new);
    SECTIONS.put("tls", TlsOverhead::new);
    SECTIONS.put("idle", IdleStreams::new);
    SECTIONS.put("flat", FlatHeap::new);
    SECTIONS.put("memory", MemoryBackend::new);
    SECTIONS.put("scale", Scale::new);
    SECTIONS.put("kill", Kill::new);
    SECTIONS.put("policy", Policy::new);
    SECTIONS.put("wasm", Wasm::new);
    SECTIONS.put("agent", Agent::new);
  }

  /** Bytes in a large transfer. */
  long bytes() {
    return quick ? 100_000_000 : 500_000_000;
  }

  /** Our endpoint of the kind that the daemon's is. */
  Endpoint ours(Server server) {
    return daemon.isUnix() ? server.unix() : server.tcp();
  }

  /** Takes an option with a number out of the arguments. */
  private static int number(List<String> asked, String option, int usual) {
    List<String> given =
        asked.stream().filter(it -> it.matches(option + "[0-9]{1,6}")).toList();
    asked.removeAll(given);
    return given.isEmpty() ? usual : Integer.parseInt(given.getLast().substring(option.length()));
  }

  public static void main(String[] arguments) {
    List<String> asked = new ArrayList<>(List.of(arguments));
    boolean quick = asked.remove("--quick");
    int containers = number(asked, CONTAINERS, 10_000);
    int kills = number(asked, KILLS, quick ? 5 : 100);
    int seed = number(asked, SEED, new Random().nextInt(1_000_000));
    if (!SECTIONS.keySet().containsAll(asked)) {
      System.err.printf(
          "usage: bench/run [--quick] [%sN] [%sN] [%sN] [%s]...%n",
          CONTAINERS, KILLS, SEED, String.join(" ", SECTIONS.keySet()));
      System.exit(2);
    }
    String host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    Bench bench = 
        new Bench(quick, containers, kills, seed, new Endpoint("daemon", host), new Report());
    try {
      Http.call(bench.daemon(), "GET", "/_ping", "");
    } catch (IOException e) {
      System.err.println("bench: no daemon answers at " + host + ": " + e.getMessage());
      System.exit(1);
    }
    boolean broke = false;
    for (String name : asked.isEmpty() ? SECTIONS.keySet() : asked) {
      System.out.println(name);
      try {
        SECTIONS.get(name).get().run(bench);
      } catch (Exception e) {
        broke = true;
        System.err.println("bench: " + name + " broke: " + e);
        e.printStackTrace();
      }
    }
    bench.report().print();
    System.exit(broke ? 1 : 0);
  }
}
