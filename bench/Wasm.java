import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A WebAssembly program that has something to compute, beside the native one. */
final class Wasm implements Section {

  private static final Path MODULE = Path.of("src/test/resources/wasm/probe.wasm");
  private static final long BYTES = 100_000_000;

  @Override
  public void run(Bench bench) throws Exception {
    Path file = Files.createTempFile("sockerless-bench", ".data");
    try (DataFolder data = DataFolder.make();
        Server server = Server.ofMemory(data.path())) {
      Files.write(file, new byte[(int) BYTES]);
      Endpoint us = bench.ours(server);
      Fixture.pull(us);
      try (Fixture fixture = new Fixture(us)) {
        measure(bench, fixture, us, file);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void measure(Bench bench, Fixture fixture, Endpoint us, Path file)
      throws Exception {
    String digest = nativeDigest(file);
    String id = fixture.running();
    put(us, id, Payload.program("probe.wasm", Files.readAllBytes(MODULE)));
    put(us, id, Payload.file("data", BYTES));
    String module = "[ $(/probe.wasm sha256 </data) = " + digest + " ]";
    String utility = "sha256sum </data | grep -q " + digest;
    bench
        .report()
        .show("wasm, sha256 of 100 MB, the first", text(seconds(fixture, us, id, module)), "");
    int rounds = bench.quick() ? 3 : 7;
    compare(
        bench,
        "wasm, sha256 of 100 MB",
        Rounds.of(
            "wasm, sha256 of 100 MB",
            "s",
            rounds,
            us,
            bench.daemon(),
            endpoint ->
                new double[] {
                  endpoint == us ? seconds(fixture, us, id, module) : nativeSeconds(file)
                }));
    compare(
        bench,
        "the sandbox's sha256sum of 100 MB",
        Rounds.of(
            "the sandbox's sha256sum of 100 MB",
            "s",
            rounds,
            us,
            bench.daemon(),
            endpoint ->
                new double[] {
                  endpoint == us ? seconds(fixture, us, id, utility) : nativeSeconds(file)
                }));
  }

  private static void put(Endpoint us, String container, Payload payload) throws IOException {
    try (Http http = Http.open(us)) {
      http.upload("PUT", "/containers/" + container + "/archive?path=/", payload);
    }
  }

  private static void compare(Bench bench, String name, Rounds rounds) {
    bench.report().compare(name + ", beside the host's sha256sum", "s", rounds, 0);
  }

  private static String text(double seconds) {
    return Report.number(seconds) + " s";
  }

  /** How long an exec takes, which must succeed. */
  private static double seconds(Fixture fixture, Endpoint us, String container, String command)
      throws IOException {
    String exec = fixture.exec(container, command);
    long start = System.nanoTime();
    try (Http http = Http.open(us)) {
      http.hijack("/exec/" + exec + "/start", "{}");
      http.closeInput();
      http.readFrames();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String ended = Http.call(us, "GET", "/exec/" + exec + "/json", "");
    if (!ended.matches("(?s).*\"ExitCode\": ?0\\D.*")) {
      throw new IOException(command + " failed: " + ended);
    }
    return seconds;
  }

  private static double nativeSeconds(Path file) throws IOException, InterruptedException {
    long start = System.nanoTime();
    nativeDigest(file);
    return (System.nanoTime() - start) / 1e9;
  }

  private static String nativeDigest(Path file) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sha256sum").redirectInput(file.toFile()).start();
    String digest = new String(process.getInputStream().readAllBytes()).substring(0, 64);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("sha256sum failed");
    }
    return digest;
  }
}
