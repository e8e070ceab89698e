import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sun.tools.attach.HotSpotVirtualMachine;

/**
 * Our server, {@code target/sockerless.jar}, as a process of its own: before the daemon that is
 * measured, or with the memory backend beside it.
 */
final class Server implements AutoCloseable {

  private static final Path JAR = Path.of("target", "sockerless.jar").toAbsolutePath();
  private static final String TLS = "SOCKERLESS_TLS_CERTIFICATE";
  private static final Duration START = Duration.ofSeconds(90);
  private static final Pattern USED = Pattern.compile("total .*used (\\d+)K");

  private final Path folder;
  private final Process process;
  private final Endpoint unix;
  private final Endpoint tcp;
  private final long started;
  private Duration ready;

  /** Starts one before a daemon and waits until it answers. */
  Server(Endpoint daemon) throws IOException, InterruptedException {
    this(Map.of("SOCKERLESS_BACKEND", "docker", "SOCKERLESS_DOCKER_HOST", daemon.host()));
    awaitReady();
  }

  /** The same with more settings. */
  static Server before(Endpoint daemon, Map<String, String> more)
      throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("SOCKERLESS_BACKEND", "docker");
    settings.put("SOCKERLESS_DOCKER_HOST", daemon.host());
    return new Server(settings).awaitReady();
  }

  /** Starts one with the memory backend on a data folder and waits until it answers. */
  static Server ofMemory(Path data) throws IOException, InterruptedException {
    return ofMemory(data, Map.of());
  }

  /** The same with more settings. */
  static Server ofMemory(Path data, Map<String, String> more)
      throws IOException, InterruptedException {
    return starting(data, more).awaitReady();
  }

  /** The same, and does not wait. */
  static Server starting(Path data, Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("SOCKERLESS_BACKEND", "memory");
    settings.put("SOCKERLESS_DATA", data.toString());
    settings.put("SOCKERLESS_REGISTRY_MIRRORS", "");
    return new Server(settings);
  }

  /** Starts one before a daemon whose TCP address speaks TLS, and asks nobody for a certificate. */
  static Server withTls(Endpoint daemon, Pem pem) throws IOException, InterruptedException {
    return new Server(
        Map.of(
            "SOCKERLESS_BACKEND", "docker",
            "SOCKERLESS_DOCKER_HOST", daemon.host(),
            TLS, pem.certificate().toString(),
            "SOCKERLESS_TLS_KEY", pem.key().toString()))
        .awaitReady();
  }

  private Server(Map<String, String> settings) throws IOException {
    folder = Files.createTempDirectory("sockerless-bench");
    unix = new Endpoint("us", "unix://" + folder.resolve("docker.sock"));
    String address = "127.0.0.1:" + freePort();
    boolean tls = settings.containsKey(TLS);
    tcp = new Endpoint(tls ? "us, TLS" : "us, TCP", (tls ? "tls://" : "tcp://") + address);
    ProcessBuilder builder =
        new ProcessBuilder(
            // A session of its own, as a service has: the kernel shares its time by sessions.
            "setsid",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString());
    Map<String, String> environment = builder.environment();
    environment.put("SOCKERLESS_LISTEN", "tcp://" + address + "," + unix.host());
    environment.put("SOCKERLESS_HTTP_PORT", Integer.toString(freePort()));
    environment.putAll(settings);
    started = System.nanoTime();
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** Waits until it answers. */
  Server awaitReady() throws IOException, InterruptedException {
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - started > START.toNanos()) {
        String log = log();
        close();
        throw new IOException("the server did not start:\n" + log);
      }
      Thread.sleep(5);
    }
    ready = sinceStart();
    return this;
  }

  /** From the start of the process until now. */
  Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** What it has written. */
  String log() throws IOException {
    return Files.readString(folder.resolve("server.log"));
  }

  private boolean answers() {
    try {
      return Http.call(unix, "GET", "/_ping", "").equals("OK");
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Endpoint unix() {
    return unix;
  }

  Endpoint tcp() {
    return tcp;
  }

  /** From the start of the process to the first answer. */
  Duration ready() {
    return ready;
  }

  /** Resident memory of the process and those it started, in KB. */
  long resident() {
    return processes().mapToLong(it -> Memory.resident(it.pid())).sum();
  }

  /** What the heap holds now, garbage included, in KB. */
  long heap() {
    Matcher used = USED.matcher(command("GC.heap_info"));
    long total = 0;
    while (used.find()) {
      total += Long.parseLong(used.group(1));
    }
    return total;
  }

  /** What the heap holds after a collection, in KB. */
  long liveHeap() {
    command("GC.run");
    return heap();
  }

  private String command(String command) {
    long pid =
        processes()
            .max(Comparator.comparingLong(it -> Memory.resident(it.pid())))
            .orElseThrow()
            .pid();
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try (InputStream answer = ((HotSpotVirtualMachine) machine).executeJCmd(command)) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new IllegalStateException("cannot ask the server for " + command, e);
    }
  }

  /** Ends it by SIGKILL, whatever it is at. */
  void kill() throws IOException, InterruptedException {
    List<ProcessHandle> all = processes().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    if (process.waitFor() != 137) {
      throw new IOException("the server had ended:\n" + log());
    }
    close();
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  @Override
  public void close() {
    List<ProcessHandle> all = processes().toList();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    for (String name : List.of("server.log", "docker.sock", "")) {
      try {
        Files.deleteIfExists(folder.resolve(name));
      } catch (IOException e) {
        // A few bytes in the temporary folder.
      }
    }
  }
}
