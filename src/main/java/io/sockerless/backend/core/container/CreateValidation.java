package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;
import static io.sockerless.backend.core.document.Documents.strings;

import io.sockerless.backend.core.driver.CapabilitySet;
import io.sockerless.backend.core.driver.SecurityOptions;
import io.sockerless.backend.core.log.LogOptions;
import io.sockerless.backend.core.value.JoinedContainer;
import io.sockerless.backend.core.value.Signals;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses, in Docker's words, what cannot be a container. */
final class CreateValidation {

  private static final long MIN_CHECK_NANOS = 1_000_000;
  private static final Pattern PORT = Pattern.compile("\\d{1,5}(-\\d{1,5})?(/(tcp|udp|sctp))?");
  private static final Set<String> POLICIES =
      Set.of("", "no", "always", "on-failure", "unless-stopped");

  /** What runs containers here, and the names that clients give dockerd's own runtime. */
  private static final Set<String> RUNTIMES =
      Set.of("", "sockerless", "runc", "io.containerd.runc.v1", "io.containerd.runc.v2");

  private static final Set<String> IPC_MODES = Set.of("", "none", "private", "shareable", "host");
  private static final Set<String> PID_MODES = Set.of("", "host");

  private CreateValidation() {}

  /** Checks what a client asks for, before anything of the image is known. */
  static void request(JsonObject config, JsonObject hostConfig) {
    directory(string(config, "WorkingDir"));
    for (String entry : strings(config, "Env")) {
      if (entry.isEmpty() || entry.startsWith("=")) {
        throw invalid("invalid environment variable: " + entry);
      }
    }
    for (String port : object(config, "ExposedPorts").keySet()) {
      port(port);
    }
    for (String port : object(hostConfig, "PortBindings").keySet()) {
      port(port);
    }
    if (!string(config, "StopSignal").isEmpty()) {
      Signals.parse(string(config, "StopSignal"));
    }
    healthCheck(object(config, "Healthcheck"));
    hostConfig(hostConfig);
    ResourceValidation.create(hostConfig);
    runtime(string(hostConfig, "Runtime"));
    namespace("IPC", string(hostConfig, "IpcMode"), IPC_MODES);
    namespace("PID", string(hostConfig, "PidMode"), PID_MODES);
    if (string(hostConfig, "UTSMode").equals("host") && !string(config, "Hostname").isEmpty()) {
      throw invalid("conflicting options: hostname and the UTS mode");
    }
    sharedNetwork(config, hostConfig);
    hostNetwork(hostConfig);
    if (number(hostConfig, "ShmSize") < 0) {
      throw invalid("SHM size can not be less than 0");
    }
  }

  /**
   * Checks what clients of before API 1.44 ask of networks: one, and a MAC address only where the
   * container has a network of its own.
   */
  static void oneEndpoint(JsonObject config, JsonObject hostConfig, JsonObject networkingConfig) {
    Set<String> networks = object(networkingConfig, "EndpointsConfig").keySet();
    if (networks.size() > 1) {
      throw invalid(
          "Container cannot be created with multiple network endpoints: "
              + String.join(", ", networks));
    }
    String mode = string(hostConfig, "NetworkMode");
    boolean none =
        mode.equals("host") || mode.equals("none") || JoinedContainer.of(mode).isPresent();
    if (none && !string(config, "MacAddress").isEmpty()) {
      throw invalid("conflicting options: mac-address and the network mode");
    }
  }

  private static void namespace(String kind, String mode, Set<String> known) {
    boolean joins = JoinedContainer.of(mode).filter(name -> !name.isEmpty()).isPresent();
    if (!joins && !known.contains(mode)) {
      throw invalid("invalid " + kind + " mode: " + mode);
    }
  }

  private static void runtime(String runtime) {
    if (!RUNTIMES.contains(runtime)) {
      throw invalid("Unknown runtime specified " + runtime);
    }
  }

  /** Checks what only the storage can tell, which dockerd asks after the image. */
  static void storage(JsonObject hostConfig) {
    for (String option : object(hostConfig, "StorageOpt").keySet()) {
      if (!option.equalsIgnoreCase("size")) {
        throw new EngineException.Failure(500, "Unknown option " + option.toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Who shares another container's network has none of whose name or ports could be said. */
  private static void sharedNetwork(JsonObject config, JsonObject hostConfig) {
    String mode = string(hostConfig, "NetworkMode");
    Optional<String> joined = JoinedContainer.of(mode);
    if (joined.filter(String::isEmpty).isPresent() || mode.equals("container")) {
      throw invalid("invalid network mode: invalid container format container:<name|id>");
    }
    if (joined.isEmpty()) {
      return;
    }
    if (!string(config, "Hostname").isEmpty()) {
      throw invalid("conflicting options: hostname and the network mode");
    }
    if (!strings(hostConfig, "Links").isEmpty()) {
      throw invalid(
          "conflicting options: container type network can't be used with links. This would result"
              + " in undefined behavior");
    }
    if (!strings(hostConfig, "Dns").isEmpty()) {
      throw invalid("conflicting options: dns and the network mode");
    }
    if (!strings(hostConfig, "ExtraHosts").isEmpty()) {
      throw invalid("conflicting options: custom host-to-IP mapping and the network mode");
    }
    if (!object(hostConfig, "PortBindings").isEmpty() || flag(hostConfig, "PublishAllPorts")) {
      throw invalid("conflicting options: port publishing and the container type network mode");
    }
    if (!object(config, "ExposedPorts").isEmpty()) {
      throw invalid("conflicting options: port exposing and the container type network mode");
    }
  }

  /** Links lead over the container's own network, which it has not on the host's. */
  private static void hostNetwork(JsonObject hostConfig) {
    if (string(hostConfig, "NetworkMode").equals("host")
        && !strings(hostConfig, "Links").isEmpty()) {
      throw linkOverHost();
    }
  }

  /** Checks the host configuration of a container that another one is linked to. */
  static void linkTarget(JsonObject hostConfig) {
    if (string(hostConfig, "NetworkMode").equals("host")) {
      throw linkOverHost();
    }
  }

  private static EngineException linkOverHost() {
    return invalid(
        "conflicting options: host type networking can't be used with links. This would result"
            + " in undefined behavior");
  }

  /** Checks a host configuration, at create and update, but for its resources. */
  static void hostConfig(JsonObject hostConfig) {
    isolation(string(hostConfig, "Isolation"));
    restartPolicy(object(hostConfig, "RestartPolicy"), flag(hostConfig, "AutoRemove"));
    CapabilitySet.ofContainer(hostConfig);
    SecurityOptions.noNewPrivileges(hostConfig);
    LogOptions.of(object(hostConfig, "LogConfig"));
  }

  private static void isolation(String isolation) {
    if (!isolation.isEmpty() && !isolation.equalsIgnoreCase("default")) {
      throw invalid("invalid isolation (" + isolation + "): linux only supports 'default'");
    }
  }

  /** Checks what is left once the image's part is in. */
  static void merged(JsonObject config) {
    List<String> entrypoint = strings(config, "Entrypoint");
    if (entrypoint.isEmpty() && strings(config, "Cmd").isEmpty()) {
      throw invalid("no command specified");
    }
  }

  private static void directory(String directory) {
    if (!directory.isEmpty() && !directory.startsWith("/")) {
      throw invalid(
          "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    }
  }

  private static void port(String port) {
    if (!PORT.matcher(port).matches()) {
      throw invalid("invalid port specification: \"" + port + "\"");
    }
  }

  private static void healthCheck(JsonObject check) {
    for (String name : List.of("Interval", "Timeout", "StartPeriod", "StartInterval")) {
      long nanos = number(check, name);
      if (nanos != 0 && nanos < MIN_CHECK_NANOS) {
        throw invalid(name + " in Healthcheck cannot be less than 1ms");
      }
    }
    if (number(check, "Retries") < 0) {
      throw invalid("Retries in Healthcheck cannot be negative");
    }
  }

  private static void restartPolicy(JsonObject policy, boolean autoRemove) {
    String name = string(policy, "Name");
    long retries = number(policy, "MaximumRetryCount");
    if (!POLICIES.contains(name)) {
      throw invalid(
          "invalid restart policy: unknown policy '"
              + name
              + "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'");
    }
    if (retries != 0 && !name.equals("on-failure")) {
      throw invalid(
          "invalid restart policy: maximum retry count can only be used with 'on-failure'");
    }
    if (retries < 0) {
      throw invalid("invalid restart policy: maximum retry count cannot be negative");
    }
    if (autoRemove && !name.isEmpty() && !name.equals("no")) {
      throw invalid("can't create 'AutoRemove' container with restart policy");
    }
  }

  private static EngineException invalid(String message) {
    return new EngineException.InvalidParameter(message);
  }
}
