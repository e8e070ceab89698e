import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with the memory backend that is killed at random moments, under load and while it
 * starts, on a store that is full: nothing that it has acknowledged may be lost.
 */
final class Kill implements Section {

  private static final int CLIENTS = 4;
  private static final double START_SECONDS = 5;

  /** The moment of a kill: so many answers, and then some milliseconds. */
  private static final int MOST_ANSWERS = 250;

  private static final int MOST_MILLIS = 30;
  private static final int LONGEST_LOAD_SECONDS = 3;

  /** Of so many kills, the third is of a server that still starts. */
  private static final int AT_START = 5;

  private final List<KillClient> clients = new ArrayList<>();
  private final List<Double> starts = new ArrayList<>();
  private final List<Double> inspects = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private int atStart;
  private Set<String> content = Set.of();

  @Override
  public void run(Bench bench) throws Exception {
    System.out.printf("  --seed=%d repeats the choices of this run%n", bench.seed());
    Random random = new Random(bench.seed());
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new KillClient("c" + i, random.nextLong(), answers));
    }
    try (DataFolder data = DataFolder.make()) {
      KillCheck check = new KillCheck(data.path(), random);
      Server server = begin(bench, data, check);
      for (int kill = 1; kill <= bench.kills(); kill++) {
        int wanted = random.nextInt(MOST_ANSWERS);
        int answered = underLoad(server, wanted, random.nextInt(MOST_MILLIS));
        String moment = answered + " answers";
        if (kill % AT_START == 2 && kill < bench.kills()) {
          moment += "; " + whileStarting(data, random) + " ms of a start";
          kill++;
        }
        clients.forEach(client -> client.ledger().killed());
        server = Server.ofMemory(data.path());
        compare(bench, server, check, "kill " + kill + " after " + moment);
      }
      end(bench, server, check);
    }
    report(bench);
  }

  /** Fills a store. Servers leave what makes those after them start faster, the third one too. */
  private Server begin(Bench bench, DataFolder data, KillCheck check) throws Exception {
    for (int i = 0; i < (bench.quick() ? 0 : 2); i++) {
      Server.ofMemory(data.path()).close();
    }
    Server server = Server.ofMemory(data.path());
    Endpoint us = bench.ours(server);
    Fixture.pull(us);
    content = check.content();
    atOnce(client -> {
      client.ask(us);
      client.fill(bench.containers() / CLIENTS);
    });
    return server;
  }

  /** Removes everything, of which nothing should be left on the disk. */
  private void end(Bench bench, Server server, KillCheck check) throws Exception {
    try (server) {
      atOnce(KillClient::clear);
      // Steps of builds that did not end.
      Http.call(bench.ours(server), "POST", "/images/prune", "");
    }
    List<String> left = check.leftovers(content);
    if (!left.isEmpty()) {
      throw new IOException("all was removed, and this is left in the data folder: " + left);
    }
  }

  /** What a client does. */
  private interface Work {
    void of(KillClient client) throws Exception;
  }

  private void atOnce(Work work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<?> each : submit(threads, work)) {
        each.get();
      }
    }
  }

  private List<Future<?>> submit(ExecutorService threads, Work work) {
    List<Future<?>> running = new ArrayList<>();
    for (KillClient client : clients) {
      running.add(
          threads.submit(() -> {
            work.of(client);
            return null;
          }));
    }
    return running;
  }

  /** Kills a server after so many answers and milliseconds; answers how many there were. */
  private int underLoad(Server server, int wanted, int millis) throws Exception {
    int before = answers.get();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_LOAD_SECONDS);
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> running =
          submit(threads, KillClient::load);
      while (answers.get() - before < wanted && System.nanoTime() < end) {
        Thread.sleep(1);
      }
      Thread.sleep(millis);
      boolean cut = running.stream().anyMatch(Future::isDone);
      server.kill();
      for (Future<?> each : running) {
        each.get();
      }
      if (cut) {
        throw new IOException("a client's connection ended before the server was killed");
      }
    }
    return answers.get() - before;
  }

  /** Kills a server before it is ready; answers when. */
  private long whileStarting(DataFolder data, Random random) throws Exception {
    double usual = starts.isEmpty() ? START_SECONDS : median(starts);
    long moment = random.nextLong(50, 50 + (long) (usual * 1000));
    Server server = Server.starting(data.path(), Map.of());
    Thread.sleep(moment);
    server.kill();
    atStart++;
    return moment;
  }

  private void compare(Bench bench, Server server, KillCheck check, String kill) throws Exception {
    Endpoint us = bench.ours(server);
    clients.forEach(client -> client.ask(us));
    starts.add(server.ready().toMillis() / 1000.0);
    clients.getFirst().inspect();
    inspects.add(server.sinceStart().toMillis() / 1000.0);
    List<Ledger> ledgers = clients.stream().map(KillClient::ledger).toList();
    int underWay = ledgers.stream().mapToInt(Ledger::underWay).sum();
    long start = System.nanoTime();
    List<String> wrong = Http.limited(120, () -> check.run(us, ledgers));
    System.out.printf(
        "  %s: %d under way, %d acknowledged in all; ready after %s s, compared in %s s%n",
        kill,
        underWay,
        acknowledged().values().stream().mapToInt(it -> it).sum(),
        Report.number(starts.getLast()),
        Report.number((System.nanoTime() - start) / 1e9));
    if (!wrong.isEmpty()) {
      System.err.println(server.log());
      server.close();
      throw new IOException(
          "%d lost after %s:%n  %s"
              .formatted(wrong.size(), kill, String.join("\n  ", wrong.stream().limit(20).toList())));
    }
  }

  private Map<String, Integer> acknowledged() {
    Map<String, Integer> all = new TreeMap<>();
    for (KillClient client : clients) {
      client.ledger().acknowledged().forEach((what, count) -> all.merge(what, count, Integer::sum));
    }
    return all;
  }

  private static double median(List<Double> values) {
    return Rounds.median(values.stream().mapToDouble(it -> it).toArray());
  }

  private void report(Bench bench) {
    String name = "kill, %,d containers, ".formatted(bench.containers());
    Report report = bench.report();
    report.show(name + "kills", bench.kills() + ", " + atStart + " of them at start", "");
    acknowledged().forEach((what, count) ->
        report.show(name + "acknowledged: " + what, "%,d".formatted(count), ""));
    report.own(name + "lost", "", 0, 0);
    report.own(name + "start to ready, median", "s", median(starts), START_SECONDS);
    report.own(
        name + "start to ready, slowest", "s", starts.stream().max(Double::compare).get(), START_SECONDS);
    report.show(
        name + "start to first inspect, median", Report.number(median(inspects)) + " s", "");
  }
}
