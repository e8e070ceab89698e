import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether bytes that pass through stay: 1 GB each way while heap and resident memory are watched.
 */
final class FlatHeap implements Section {

  private static final double GROWTH_MB = 16;

  private final AtomicLong peakHeap = new AtomicLong();
  private final AtomicLong peakResident = new AtomicLong();

  @Override
  public void run(Bench bench) throws Exception {
    try (Server server = new Server(bench.daemon());
        Fixture fixture = new Fixture(bench.daemon())) {
      Endpoint us = bench.ours(server);
      long size = bench.quick() ? 200_000_000 : 1_000_000_000;
      String name = Report.number(size / 1e6) + " MB through ";
      Streams streams = Streams.of(size, fixture);
      watch(bench, server, name + "exec, in and out", () -> streams.execEcho(us));
      watch(bench, server, name + "copy out", () -> streams.copyOut(us));
      watch(bench, server, name + "copy in", () -> streams.copyIn(us));
    }
  }

  private void watch(Bench bench, Server server, String name, Callable<Double> transfer)
      throws Exception {
    long heap = server.liveHeap();
    long resident = server.resident();
    peakHeap.set(heap);
    peakResident.set(resident);
    Thread watcher = Thread.ofPlatform().daemon().start(() -> sample(server));
    try {
      Http.limited(180, transfer);
    } finally {
      watcher.interrupt();
      watcher.join();
    }
    long after = server.liveHeap();
    bench
        .report()
        .show(name + ": heap before, peak, live after", megabytes(heap, peakHeap.get(), after), "");
    bench
        .report()
        .show(
            name + ": resident before, peak, after",
            megabytes(resident, peakResident.get(), server.resident()),
            "");
    bench
        .report()
        .own(name + ": live heap grows by", "MB", Math.max(0, after - heap) / 1024.0, GROWTH_MB);
  }

  private void sample(Server server) {
    try {
      while (true) {
        peakResident.accumulateAndGet(server.resident(), Math::max);
        peakHeap.accumulateAndGet(server.heap(), Math::max);
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      // The transfer has ended.
    }
  }

  private static String megabytes(long... kilobytes) {
    StringBuilder text = new StringBuilder();
    for (long each : kilobytes) {
      text.append(text.isEmpty() ? "" : ", ").append(Report.number(each / 1024.0));
    }
    return text + " MB";
  }
}
