package io.sockerless.backend.core.system;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/**
 * The answer of {@code GET /info}: true where it speaks of us, and empty where it speaks of parts
 * that only Docker's daemon has.
 *
 * @param id the server's
 */
record InfoDocument(String id, ServerFacts server, HostFacts host) {

  private static final String HUB = "https://index.docker.io/v1/";

  /** As containers have it in their {@code HostConfig}, where clients may name it. */
  private static final String RUNTIME = "sockerless";

  /** The loopback addresses, where a registry need not speak TLS. */
  private static final List<String> INSECURE = List.of("::1/128", "127.0.0.0/8");

  JsonObject document(List<ContainerDirectory.Entry> containers, int images, int listeners) {
    JsonObjectBuilder info = JsonBuilders.object().add("ID", id);
    addCounts(info, containers, images);
    addDrivers(info);
    addLimits(info);
    addProcess(info, listeners);
    addHost(info);
    addRegistries(info);
    addRuntimes(info);
    return info.add("SecurityOptions", JsonValue.EMPTY_JSON_ARRAY)
        .add("ProductLicense", "")
        .add("Warnings", JsonValue.EMPTY_JSON_ARRAY)
        .build();
  }

  private static void addCounts(
      JsonObjectBuilder info, List<ContainerDirectory.Entry> containers, int images) {
    long running = containers.stream().filter(it -> isRunning(it.state())).count();
    long paused = containers.stream().filter(it -> it.state().equals("paused")).count();
    info.add("Containers", containers.size())
        .add("ContainersRunning", running)
        .add("ContainersPaused", paused)
        .add("ContainersStopped", containers.size() - running - paused)
        .add("Images", images);
  }

  private static boolean isRunning(String state) {
    return state.equals("running") || state.equals("restarting");
  }

  private void addDrivers(JsonObjectBuilder info) {
    info.add("Driver", server.backend())
        .add(
            "DriverStatus",
            JsonBuilders.array().add(JsonBuilders.array().add("Backend").add(server.backend())))
        .add("DockerRootDir", server.data().toString())
        .add(
            "Plugins",
            JsonBuilders.object()
                .add("Volume", JsonBuilders.array().add("local"))
                .add("Network", JsonBuilders.array().add("bridge").add("host").add("null"))
                .add("Authorization", JsonValue.NULL)
                .add("Log", JsonBuilders.array(server.logDrivers())));
  }

  private static void addLimits(JsonObjectBuilder info) {
    info.add("MemoryLimit", true)
        .add("SwapLimit", false)
        .add("CpuCfsPeriod", false)
        .add("CpuCfsQuota", false)
        .add("CPUShares", false)
        .add("CPUSet", false)
        .add("PidsLimit", true)
        .add("OomKillDisable", false)
        .add("IPv4Forwarding", true);
  }

  private static void addProcess(JsonObjectBuilder info, int listeners) {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : -1;
    info.add("Debug", false)
        .add("NFd", files)
        .add("NGoroutines", ManagementFactory.getThreadMXBean().getThreadCount())
        .add("SystemTime", Instant.now().toString())
        .add("LoggingDriver", "json-file")
        .add("CgroupDriver", "none")
        .add("CgroupVersion", "2")
        .add("NEventsListener", listeners);
  }

  private void addHost(JsonObjectBuilder info) {
    info.add("KernelVersion", host.kernel())
        .add("OperatingSystem", host.system())
        .add("OSVersion", host.systemVersion())
        .add("OSType", "linux")
        .add("Architecture", host.architecture())
        .add("NCPU", host.processors())
        .add("MemTotal", host.memory())
        .add("GenericResources", JsonValue.NULL)
        .add("HttpProxy", "")
        .add("HttpsProxy", "")
        .add("NoProxy", "")
        .add("Name", host.name())
        .add("Labels", JsonValue.EMPTY_JSON_ARRAY)
        .add("ExperimentalBuild", false)
        .add("ServerVersion", server.version());
  }

  private void addRegistries(JsonObjectBuilder info) {
    JsonArrayBuilder mirrors = JsonBuilders.array(server.mirrors());
    JsonObject hub =
        JsonBuilders.object()
            .add("Name", "docker.io")
            .add("Mirrors", JsonBuilders.array(server.mirrors()))
            .add("Secure", true)
            .add("Official", true)
            .build();
    info.add("IndexServerAddress", HUB)
        .add(
            "RegistryConfig",
            JsonBuilders.object()
                .add("InsecureRegistryCIDRs", JsonBuilders.array(INSECURE))
                .add("IndexConfigs", JsonBuilders.object().add("docker.io", hub))
                .add("Mirrors", mirrors));
  }

  private void addRuntimes(JsonObjectBuilder info) {
    JsonObject commit = JsonBuilders.object().add("ID", "").build();
    info.add(
            "Runtimes",
            JsonBuilders.object().add(RUNTIME, JsonBuilders.object().add("path", server.backend())))
        .add("DefaultRuntime", RUNTIME)
        .add(
            "Swarm",
            JsonBuilders.object()
                .add("NodeID", "")
                .add("NodeAddr", "")
                .add("LocalNodeState", "inactive")
                .add("ControlAvailable", false)
                .add("Error", "")
                .add("RemoteManagers", JsonValue.NULL))
        .add("LiveRestoreEnabled", false)
        .add("Isolation", "")
        .add("InitBinary", "")
        .add("ContainerdCommit", commit)
        .add("RuncCommit", commit)
        .add("InitCommit", commit);
  }
}
