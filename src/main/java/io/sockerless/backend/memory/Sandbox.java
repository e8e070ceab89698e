package io.sockerless.backend.memory;

import io.sockerless.backend.core.driver.CapabilitySet;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MachineMemory;
import io.sockerless.backend.core.driver.ProcessInfo;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.ResourceUsage;
import io.sockerless.backend.core.driver.SecurityOptions;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.memory.fs.ContentTraffic;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.MissingFolders;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.fs.Privileges;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.ProgramLoader;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.network.ContainerNetwork;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.RunAs;
import io.sockerless.backend.memory.utility.process.Init;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One running container: its tasks, its files, its network. */
final class Sandbox {

  private static final String INIT = "/sbin/docker-init";

  private final ContainerSpec spec;
  private final Kernel kernel;
  private final Paths files;
  private final ContainerNetwork network;
  private final FileTree sharedMemory;

  /**
   * A container without a task yet.
   *
   * @param files as root sees them
   * @param sharedMemory {@code /dev/shm}
   */
  Sandbox(
      ContainerSpec spec,
      Kernel kernel,
      Paths files,
      ContainerNetwork network,
      FileTree sharedMemory) {
    this.spec = spec;
    this.kernel = kernel;
    this.files = files;
    this.network = network;
    this.sharedMemory = sharedMemory;
  }

  String id() {
    return spec.id();
  }

  Kernel kernel() {
    return kernel;
  }

  ContainerNetwork network() {
    return network;
  }

  FileTree sharedMemory() {
    return sharedMemory;
  }

  /**
   * Starts a process.
   *
   * @throws StartFailure in the runtime's words, if its command, user or folder is not there
   */
  ContainerProcess start(ProcessSpec process) throws StartFailure {
    RunAs account = account(process);
    Map<String, String> environment = environment(process, account);
    Paths view = view(process, credentials(process, account));
    check(process, view, environment);
    try {
      StandardStreams streams = StandardStreams.of(kernel, process, view.credentials().uid());
      streams
          .descriptors()
          .setLimits(kernel.limits().openFiles(), kernel.limits().openFilesAtMost());
      Task task =
          kernel.start(
              arguments(process),
              environment,
              view,
              streams.descriptors(),
              it -> setUp(it, streams),
              program(process));
      return new SandboxProcess(this, task, streams);
    } catch (IOException e) {
      throw failure(process, "", e);
    }
  }

  private Program program(ProcessSpec process) {
    Program command = task -> Commands.execute(task, process.command());
    return runsUnderInit() ? new Init(command) : command;
  }

  private List<String> arguments(ProcessSpec process) {
    return runsUnderInit()
        ? Stream.concat(Stream.of(INIT, "--"), process.command().stream()).toList()
        : process.command();
  }

  private boolean runsUnderInit() {
    return kernel.tasks().isEmpty() && spec.hostConfig().getBoolean("Init", false);
  }

  private static int setUp(Task task, StandardStreams streams) {
    task.startSession();
    streams
        .terminal()
        .ifPresent(terminal -> {
          task.setTerminal(terminal);
          terminal.setForeground(task.group());
        });
    return 0;
  }

  private RunAs account(ProcessSpec process) throws StartFailure {
    List<String> groups =
        spec.hostConfig().get("GroupAdd") instanceof JsonArray array
            ? array.getValuesAs(JsonString::getString)
            : List.of();
    try {
      return RunAs.of(Accounts.of(files), process.user(), groups);
    } catch (IllegalArgumentException e) {
      throw StartFailure.refusal(String.valueOf(e.getMessage()));
    }
  }

  /** The user with what the container, or an exec that is privileged, leaves of root's powers. */
  private Credentials credentials(ProcessSpec process, RunAs account) {
    CapabilitySet powers =
        process.privileged() ? CapabilitySet.ALL : CapabilitySet.ofContainer(spec.hostConfig());
    Credentials user = account.credentials();
    return user.with(
        Privileges.of(powers, user.isRoot(), SecurityOptions.noNewPrivileges(spec.hostConfig())));
  }

  /** As it was asked for, and where home is: an empty HOME counts as none, as for runc. */
  private static Map<String, String> environment(ProcessSpec process, RunAs account) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry : process.environment()) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    if (environment.getOrDefault("HOME", "").isEmpty()) {
      environment.put("HOME", account.home());
    }
    return environment;
  }

  private Paths view(ProcessSpec process, Credentials credentials) throws StartFailure {
    String directory = process.directory().isEmpty() ? "/" : process.directory();
    if (!directory.startsWith("/")) {
      throw new StartFailure(126, "Cwd must be an absolute path");
    }
    if (kernel.tasks().isEmpty()) {
      makeWorkingDirectory(directory);
    }
    try {
      Paths view = files.as(credentials);
      view.changeDirectory(directory);
      return view;
    } catch (PosixException e) {
      boolean missing = e.errno() == Errno.ENOENT;
      throw new StartFailure(
          missing ? 127 : 126,
          "chdir to cwd (\""
              + directory
              + "\") set in config.json failed: "
              + (missing ? "no such file or directory" : words(process, e.errno())));
    } catch (IOException e) {
      throw failure(process, "chdir to cwd (\"" + directory + "\") failed: ", e);
    }
  }

  /** For a container's first process alone: where a later one is to begin must be there. */
  private void makeWorkingDirectory(String directory) throws StartFailure {
    try {
      MissingFolders.make(files, directory);
    } catch (IOException e) {
      throw StartFailure.refusal(
          e instanceof PosixException posix && posix.errno() == Errno.ENOTDIR
              ? "Cannot mkdir: " + directory + " is not a directory"
              : "mkdir " + directory + ": " + e.getMessage());
    }
  }

  /**
   * Finds out what a command will run before there is a task, so that its failure is the start's.
   */
  private void check(ProcessSpec process, Paths view, Map<String, String> environment)
      throws StartFailure {
    String command = process.command().getFirst();
    Optional<String> path =
        Commands.find(view, environment.getOrDefault("PATH", Commands.DEFAULT_PATH), command);
    if (path.isEmpty()) {
      throw new StartFailure(127, "exec: \"" + command + "\": executable file not found in $PATH");
    }
    try {
      kernel.loader().load(view, path.get(), process.command());
    } catch (ProgramLoader.ExecFormatException e) {
      throw new StartFailure(126, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw failure(process, "exec: \"" + command + "\": ", e);
    }
  }

  private static StartFailure failure(ProcessSpec process, String what, IOException error) {
    boolean missing = error instanceof PosixException posix && posix.errno() == Errno.ENOENT;
    String words =
        error instanceof PosixException posix ? words(process, posix.errno()) : error.getMessage();
    return new StartFailure(missing ? 127 : 126, what + words);
  }

  /** The runtime's words, which are Go's and not the C library's. */
  private static String words(ProcessSpec process, Errno errno) {
    return switch (errno) {
      case ENOENT -> "stat " + process.command().getFirst() + ": no such file or directory";
      case EACCES -> "permission denied";
      case ENOEXEC -> "exec format error";
      case ENOTDIR -> "not a directory";
      default -> errno.text();
    };
  }

  List<ProcessInfo> processes() {
    Accounts accounts = Accounts.of(files);
    return kernel.tasks().stream()
        .map(task -> {
          int uid = task.files().credentials().uid();
          return new ProcessInfo(
              task.pid(),
              task.parentPid(),
              accounts.userName(uid),
              uid,
              task.started(),
              task.cpu(),
              task.memory(),
              task.terminal().isPresent() ? "pts/0" : "?",
              task.state(),
              task.arguments());
        })
        .toList();
  }

  ResourceUsage usage() {
    long limit = Math.min(kernel.limits().memory(), MachineMemory.bytes());
    Optional<ContentTraffic> traffic = files.mounts().of("/").tree().traffic();
    return new ResourceUsage(
        kernel.cpu(),
        kernel.memory().used(),
        kernel.memory().peak(),
        limit,
        (int) kernel.tasks().stream().filter(task -> !task.hasEnded()).count(),
        traffic.map(ContentTraffic::bytesRead).orElse(0L),
        traffic.map(ContentTraffic::bytesWritten).orElse(0L),
        network.usage());
  }

  /** The first task has ended, and the others do before they miss what goes with it. */
  void close() {
    kernel.kill();
    network.close();
  }
}
