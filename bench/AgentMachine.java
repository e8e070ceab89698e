import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container of ours and, in the place of the machine that it runs on, its agent's process. */
final class AgentMachine implements AutoCloseable {

  private static final Path JAR = Path.of("target", "sockerless-agent.jar").toAbsolutePath();

  /** What the README says to start an agent with. */
  private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmn16m");

  private static final Pattern VARIABLE = Pattern.compile("\"(SOCKERLESS_\\w+)=([^\"]*)\"");
  private static final Pattern CALLBACK = Pattern.compile("\"(ws://[^\"]+/connect)\"");
  private static final String CONNECTED = "connected to the server";
  private static final List<String> COMMAND = List.of("sleep", "86400");

  private final Endpoint server;
  private final String container;
  private final long started;
  private final Process process;
  private final BufferedReader output;

  private AgentMachine(Endpoint server, String labels, List<String> options) throws IOException {
    this.server = server;
    String request =
        """
        {"Image": "%s", "Cmd": ["%s"], "Labels": {%s}}\
        """
            .formatted(Fixture.IMAGE, String.join("\", \"", COMMAND), labels);
    container = Fixture.id(Http.call(server, "POST", "/containers/create", request));
    String document = Http.call(server, "GET", "/containers/" + container + "/json", "");
    ProcessBuilder builder =
        new ProcessBuilder(command(options.isEmpty() ? callback(document) : options));
    VARIABLE
        .matcher(document)
        .results()
        .forEach(it -> builder.environment().put(it.group(1), it.group(2)));
    started = System.nanoTime();
    process = builder.redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    output = process.inputReader();
  }

  /** One whose agent calls the server. */
  static AgentMachine calling(Endpoint server) throws IOException {
    return new AgentMachine(server, "\"sockerless.agent\": \"reverse\"", List.of());
  }

  /** One whose agent the server calls. */
  static AgentMachine called(Endpoint server) throws IOException {
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    String labels =
        """
        "sockerless.agent": "forward", "sockerless.agent.address": "ws://%s"\
        """
            .formatted(address);
    return new AgentMachine(server, labels, List.of("--addr", address));
  }

  private static List<String> command(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(options);
    command.add("--");
    command.addAll(COMMAND);
    return command;
  }

  private static List<String> callback(String document) throws IOException {
    Matcher matcher = CALLBACK.matcher(document);
    if (!matcher.find()) {
      throw new IOException("no address for the agent in " + document);
    }
    return List.of("--callback", matcher.group(1));
  }

  /** Waits for the server's greeting, and answers how long it took from the process's start. */
  Duration awaitConnection() throws IOException {
    String line;
    do {
      line = output.readLine();
      if (line == null) {
        throw new IOException("the agent ended before it was connected");
      }
    } while (!line.contains(CONNECTED));
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Has the container run, and answers its id. */
  String run() throws IOException {
    Thread.ofPlatform().daemon().start(this::discardOutput);
    Http.call(server, "POST", "/containers/" + container + "/start", "");
    return container;
  }

  private void discardOutput() {
    try {
      while (output.readLine() != null) {
        // A pipe that nobody reads would stop the agent.
      }
    } catch (IOException e) {
      // The process has been ended.
    }
  }

  @Override
  public void close() throws IOException {
    Http.call(server, "DELETE", "/containers/" + container + "?force=1", "");
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
