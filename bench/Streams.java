import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Large transfers, each way that Docker has, by the bare protocol so that no client is the limit.
 */
final class Streams implements Section {

  private static final double TARGET = 0.75;
  private static final int LIMIT_SECONDS = 120;
  private static final Pattern ARCHITECTURE = Pattern.compile("\"Arch\": ?\"(\\w+)\"");

  private final long size;
  private final Fixture fixture;
  private final String container;
  private final Payload archive;

  /** For the section itself, which makes its own. */
  Streams() {
    this(0, null, "", null);
  }

  private Streams(long size, Fixture fixture, String container, Payload archive) {
    this.size = size;
    this.fixture = fixture;
    this.container = container;
    this.archive = archive;
  }

  /** Prepares transfers of the given size. */
  static Streams of(long size, Fixture fixture) throws IOException {
    fixture.addVolume(3 * size + 100_000_000);
    String container = fixture.running();
    fixture.run(container, "dd if=/dev/zero of=/memory/out bs=1000000 count=" + size / 1_000_000);
    return new Streams(size, fixture, container, Payload.file("in", size));
  }

  @Override
  public void run(Bench bench) throws Exception {
    try (Server server = new Server(bench.daemon());
        Fixture own = new Fixture(bench.daemon())) {
      Streams streams = of(bench.bytes(), own);
      streams.compare(bench, server, "exec, out", streams::execOut);
      streams.compare(bench, server, "exec, in", streams::execIn);
      streams.compare(bench, server, "exec, in and out", streams::execEcho);
      streams.compare(bench, server, "attach, out", streams::attachOut);
      streams.compare(bench, server, "attach, in", streams::attachIn);
      streams.compare(bench, server, "copy out", streams::copyOut);
      streams.compare(bench, server, "copy in", streams::copyIn);
      String version = Http.call(bench.daemon(), "GET", "/version", "");
      Matcher architecture = ARCHITECTURE.matcher(version);
      Payload image =
          Payload.image(
              own.image(), architecture.find() ? architecture.group(1) : "amd64", bench.bytes());
      streams.compare(bench, server, "load", endpoint -> streams.load(endpoint, image));
    }
  }

  /** One transfer, measured. */
  interface Transfer {
    /** Seconds. */
    double on(Endpoint endpoint) throws Exception;
  }

  private void compare(Bench bench, Server server, String name, Transfer transfer)
      throws Exception {
    Endpoint us = bench.ours(server);
    Rounds.Measure measure =
        endpoint ->
            new double[] {
              size / 1e6 / Http.<Double>limited(LIMIT_SECONDS, () -> transfer.on(endpoint))
            };
    measure.on(us);
    Rounds rounds = Rounds.of(name, "MB/s", bench.quick() ? 2 : 15, us, bench.daemon(), measure);
    bench.report().atLeast(name + ", " + size / 1_000_000 + " MB", "MB/s", rounds, 0, TARGET);
  }

  double execOut(Endpoint endpoint) throws Exception {
    String exec = fixture.exec(container, "exec cat /memory/out");
    try (Http http = Http.open(endpoint)) {
      long start = System.nanoTime();
      http.hijack("/exec/" + exec + "/start", "{}");
      expect(http.readFrames());
      return since(start);
    }
  }

  double execIn(Endpoint endpoint) throws Exception {
    String exec = fixture.exec(container, "exec wc -c");
    try (Http http = Http.open(endpoint)) {
      long start = System.nanoTime();
      http.hijack("/exec/" + exec + "/start", "{}");
      send(http);
      if (http.readFrames() != Long.toString(size).length() + 1) {
        throw new IOException("the command did not read all");
      }
      return since(start);
    }
  }

  double execEcho(Endpoint endpoint) throws Exception {
    String exec = fixture.exec(container, "exec cat");
    try (Http http = Http.open(endpoint)) {
      long start = System.nanoTime();
      http.hijack("/exec/" + exec + "/start", "{}");
      Callable<Void> sending =
          () -> {
            send(http);
            return null;
          };
      FutureTask<Void> sent = new FutureTask<>(sending);
      Thread.ofPlatform().start(sent);
      expect(http.readFrames());
      sent.get();
      return since(start);
    }
  }

  double attachOut(Endpoint endpoint) throws Exception {
    String attached = fixture.create("read go; exec cat /memory/out");
    try (Http http = Http.open(endpoint)) {
      attach(http, endpoint, attached);
      long start = System.nanoTime();
      http.write(ByteBuffer.wrap("\n".getBytes(StandardCharsets.US_ASCII)));
      expect(http.readFrames());
      return since(start);
    } finally {
      fixture.remove(attached);
    }
  }

  double attachIn(Endpoint endpoint) throws Exception {
    String attached = fixture.create("exec wc -c");
    try (Http http = Http.open(endpoint)) {
      attach(http, endpoint, attached);
      long start = System.nanoTime();
      send(http);
      if (http.readFrames() != Long.toString(size).length() + 1) {
        throw new IOException("the command did not read all");
      }
      return since(start);
    } finally {
      fixture.remove(attached);
    }
  }

  private static void attach(Http http, Endpoint endpoint, String container) throws IOException {
    http.hijack("/containers/" + container + "/attach?stream=1&stdin=1&stdout=1&stderr=1", "");
    Http.call(endpoint, "POST", "/containers/" + container + "/start", "");
  }

  double copyOut(Endpoint endpoint) throws Exception {
    byte[] request =
        Http.encode("GET", "/containers/" + container + "/archive?path=/memory/out", "");
    try (Http http = Http.open(endpoint)) {
      long start = System.nanoTime();
      if (http.exchange(request) < size) {
        throw new IOException("the archive is short");
      }
      return since(start);
    }
  }

  double copyIn(Endpoint endpoint) throws Exception {
    try (Http http = Http.open(endpoint)) {
      long start = System.nanoTime();
      http.upload("PUT", "/containers/" + container + "/archive?path=/memory", archive);
      return since(start);
    }
  }

  private double load(Endpoint endpoint, Payload image) throws Exception {
    try (Http http = Http.open(endpoint)) {
      long start = System.nanoTime();
      http.upload("POST", "/images/load?quiet=1", image);
      return since(start);
    } finally {
      fixture.removeImage();
    }
  }

  private void send(Http http) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(32 * 1024);
    for (long left = size; left > 0; left -= zeros.capacity()) {
      http.write(zeros.clear().limit((int) Math.min(left, zeros.capacity())));
    }
    http.closeInput();
  }

  private void expect(long received) throws IOException {
    if (received != size) {
      throw new IOException("received " + received + " bytes instead of " + size);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
