package io.sockerless.support;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Something that a container runs on and that this machine's processes stand for: it does what the
 * container's inspect document says, with {@code target/sockerless-agent.jar} for the agent.
 */
public final class Machine implements AutoCloseable {

  private static final Path JAR = Path.of("target", "sockerless-agent.jar").toAbsolutePath();

  private final Process process;
  private final Path log;

  private Machine(List<String> command, Map<String, String> environment) throws IOException {
    log = Scratch.file("machine", ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    process =
        builder
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /**
   * Starts a container's machine.
   *
   * @param agentOptions in place of those that the document gives the agent, if there are any
   */
  public static Machine start(SockerlessServer server, String container, String... agentOptions) {
    return start(new DockerCli(server.dockerHost()), container, agentOptions);
  }

  /** The same where the server is not to be reached without more ado. */
  public static Machine start(DockerCli docker, String container, String... agentOptions) {
    JsonObject config = config(docker, container);
    List<String> wrapped = new ArrayList<>(strings(config, "Entrypoint"));
    int end = wrapped.indexOf("--");
    List<String> command = new ArrayList<>(java());
    command.addAll(agentOptions.length > 0 ? List.of(agentOptions) : wrapped.subList(1, end));
    command.addAll(wrapped.subList(end, wrapped.size()));
    command.addAll(strings(config, "Cmd"));
    try {
      return new Machine(command, environment(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        JAR.toString());
  }

  private static JsonObject config(DockerCli docker, String container) {
    try (JsonReader reader = Json.createReader(new StringReader(docker.ok("inspect", container)))) {
      return reader.readArray().getJsonObject(0).getJsonObject("Config");
    }
  }

  private static List<String> strings(JsonObject config, String name) {
    return config.isNull(name)
        ? List.of()
        : config.getJsonArray(name).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList();
  }

  private static Map<String, String> environment(JsonObject config) {
    return strings(config, "Env").stream()
        .map(entry -> entry.split("=", 2))
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }

  /** Waits for its end, and says how it ended. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the machine does not end, see " + log);
    }
    return process.exitValue();
  }

  /** The agent's process. */
  public Process process() {
    return process;
  }

  /** What the agent said. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
