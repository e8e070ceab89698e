import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** {@code docker run --rm}, as a user has it. */
final class RunCommand implements Section {

  private static final double TARGET = 1.05;
  private static final String NETWORK = "none";

  @Override
  public void run(Bench bench) throws Exception {
    try (Server server = new Server(bench.daemon());
        Fixture fixture = new Fixture(bench.daemon())) {
      Endpoint us = bench.ours(server);
      for (int i = 0; i < (bench.quick() ? 2 : 8); i++) {
        dockerRun(us, NETWORK);
      }
      dockerRun(bench.daemon(), NETWORK);
      Rounds rounds =
          Rounds.of(
              "docker run --rm",
              "ms",
              bench.quick() ? 4 : 24,
              us,
              bench.daemon(),
              endpoint -> new double[] {dockerRun(endpoint, NETWORK)});
      bench.report().atMost("docker run --rm", "ms", rounds, 0, TARGET);
    }
  }

  /** Milliseconds from the client's start to its exit. */
  static double dockerRun(Endpoint endpoint, String network) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("docker", "run", "--rm", "--network", network, Fixture.IMAGE, "true")
            .inheritIO();
    builder.environment().put("DOCKER_HOST", endpoint.host());
    builder.environment().remove("DOCKER_CONTEXT");
    long start = System.nanoTime();
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("docker run hangs at " + endpoint.host());
    }
    double millis = (System.nanoTime() - start) / 1e6;
    if (process.exitValue() != 0) {
      throw new IOException(
          "docker run at " + endpoint.host() + " ended with " + process.exitValue());
    }
    return millis;
  }
}
