package io.sockerless.example.machines;

import io.sockerless.backend.core.agent.MachineLauncher;
import io.sockerless.backend.core.agent.MachineSpec;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.core.driver.StartFailure;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Starts machines: processes of this host in namespaces of their own. */
final class Machines implements MachineLauncher {

  private static final Logger LOG = System.getLogger(Machines.class.getName());
  private static final int CANNOT_START = 128;

  private final Path java;
  private final String classPath;
  private final Map<String, Process> running = new ConcurrentHashMap<>();
  private final Neighbours neighbours = new Neighbours();

  /**
   * Starts none yet.
   *
   * @param javaHome of the machines' JDK
   * @param classPath of their program: the agent's jar and this one
   */
  Machines(Path javaHome, String classPath) {
    this.java = javaHome.resolve("bin/java");
    this.classPath = classPath;
  }

  @Override
  public CompletableFuture<String> launch(MachineSpec machine) throws StartFailure {
    ContainerSpec container = machine.container();
    Path log = container.folder().resolve("machine.log");
    try {
      LeftMachine.of(container).end();
      neighbours.add(container);
      ProcessBuilder builder = new ProcessBuilder(command(machine));
      builder.environment().clear();
      for (String entry : machine.environment()) {
        String[] parts = entry.split("=", 2);
        builder.environment().put(parts[0], parts[1]);
      }
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      running.put(container.id(), process);
      LeftMachine.of(container).note(process.toHandle());
      LOG.log(Level.INFO, "container {0}: machine {1}", container.id(), process.pid());
      return process.onExit().thenApply(it -> ended(container, it, log));
    } catch (IOException e) {
      neighbours.remove(container.id());
      throw new StartFailure(CANNOT_START, "no machine: " + e.getMessage());
    }
  }

  private List<String> command(MachineSpec machine) throws IOException {
    ContainerSpec container = machine.container();
    List<String> command =
        new ArrayList<>(
            List.of(
                "unshare",
                "--mount",
                "--pid",
                "--uts",
                "--ipc",
                "--fork",
                "--kill-child",
                "--propagation=private",
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                MachineProgram.class.getName(),
                container.folder().toString(),
                container.hostname()));
    container.layers().forEach(layer -> command.addAll(List.of("--layer", layer.toString())));
    for (MountPoint mount : container.mounts()) {
      command.addAll(List.of("--mount", mount.target(), String.join(":", mounting(mount))));
    }
    command.add("--agent");
    // The agent stays when the command has ended: for its files, and for the next start.
    command.addAll(machine.arguments("--keep-alive"));
    return command;
  }

  /** The options and the source of {@code mount}. */
  private static List<String> mounting(MountPoint mount) throws IOException {
    return switch (mount.kind()) {
      case BIND -> List.of(mount.readOnly() ? "ro" : "rw", mount.source().toString());
      case VOLUME -> {
        Path source = mount.source().resolve(mount.subpath());
        Files.createDirectories(source);
        yield List.of(
            (mount.readOnly() ? "ro" : "rw") + (mount.copyUp() ? ",copy" : ""), source.toString());
      }
      case TMPFS ->
          List.of(
              "mode=%o%s"
                  .formatted(
                      mount.mode(), mount.sizeLimit() > 0 ? ",size=" + mount.sizeLimit() : ""),
              "");
    };
  }

  private String ended(ContainerSpec container, Process process, Path log) {
    running.remove(container.id(), process);
    neighbours.remove(container.id());
    String how = "its machine ended with " + process.exitValue();
    try {
      List<String> said = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return said.isEmpty() ? how : how + ": " + said.getLast();
    } catch (IOException e) {
      return how;
    }
  }

  @Override
  public void remove(ContainerSpec container) {
    LeftMachine.of(container).end();
  }

  @Override
  public void close() {
    running.values().forEach(Process::destroyForcibly);
    running.values().forEach(process -> process.onExit().join());
  }
}
