/**
 * How long the server takes until it answers, and what it holds when nobody has asked for anything.
 */
final class Startup implements Section {

  private static final double READY_SECONDS = 5;

  @Override
  public void run(Bench bench) throws Exception {
    int starts = bench.quick() ? 2 : 5;
    double[] ready = new double[starts];
    double[] resident = new double[starts];
    double[] live = new double[starts];
    for (int i = 0; i < starts; i++) {
      try (Server server = new Server(bench.daemon())) {
        ready[i] = server.ready().toMillis() / 1000.0;
        Thread.sleep(3000);
        resident[i] = server.resident() / 1024.0;
        live[i] = server.liveHeap() / 1024.0;
        System.out.printf(
            "  start %d: ready after %s s, resident %s MB, live heap %s MB%n",
            i + 1, Report.number(ready[i]), Report.number(resident[i]), Report.number(live[i]));
      }
    }
    bench.report().own("start to ready", "s", Rounds.median(ready), READY_SECONDS);
    bench
        .report()
        .show("idle memory, resident", Report.number(Rounds.median(resident)) + " MB", "");
    bench.report().show("idle memory, live heap", Report.number(Rounds.median(live)) + " MB", "");
  }
}
