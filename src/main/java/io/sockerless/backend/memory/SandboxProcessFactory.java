package io.sockerless.backend.memory;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.ProcessFactory;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.value.JoinedContainer;
import io.sockerless.backend.memory.device.Devices;
import io.sockerless.backend.memory.files.ContainerMounts;
import io.sockerless.backend.memory.files.ContainerTrees;
import io.sockerless.backend.memory.files.FilesOfContainer;
import io.sockerless.backend.memory.fs.BorrowedTree;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Limits;
import io.sockerless.backend.memory.kernel.PidNamespace;
import io.sockerless.backend.memory.kernel.ProgramLoader;
import io.sockerless.backend.memory.network.ContainerNetwork;
import io.sockerless.backend.memory.network.Switchboard;
import io.sockerless.backend.memory.proc.ControlGroupTree;
import io.sockerless.backend.memory.proc.ProcTree;
import io.sockerless.backend.memory.proc.SystemTree;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Runs containers in sandboxes of this process. */
final class SandboxProcessFactory implements ProcessFactory {

  private static final Logger LOG = System.getLogger(SandboxProcessFactory.class.getName());
  private static final int SHORT_ID = 12;

  /** What Docker gives {@code /dev/shm}, in bytes. */
  private static final long SHARED_MEMORY = 64L << 20;

  private final ProgramLoader loader;
  private final Devices devices = new Devices();
  private final ContainerTrees trees = new ContainerTrees(devices);
  private final Switchboard switchboard = new Switchboard();
  private final Map<String, Sandbox> running = new ConcurrentHashMap<>();

  /**
   * Runs programs.
   *
   * @param loader what finds them
   */
  SandboxProcessFactory(ProgramLoader loader) {
    this.loader = loader;
  }

  @Override
  public ContainerProcess newProcess(ContainerSpec spec, ProcessSpec process) throws StartFailure {
    checkDevices(spec);
    Optional<Sandbox> processes = joined(spec, "PidMode");
    Optional<Sandbox> memory = joined(spec, "IpcMode");
    Limits limits = new Limits();
    ResourceLimits.apply(spec.hostConfig(), limits);
    boolean shares =
        JoinedContainer.of(Documents.string(spec.hostConfig(), "NetworkMode")).isPresent();
    ContainerNetwork network =
        ContainerNetwork.of(switchboard, spec.networks(), spec.hosts(), shares);
    Kernel kernel =
        new Kernel(
            spec.id().substring(0, Math.min(SHORT_ID, spec.id().length())),
            spec.hostname(),
            loader,
            network,
            limits,
            processes.map(other -> other.kernel().processes()).orElseGet(PidNamespace::new));
    try {
      FileTree shared =
          memory
              .<FileTree>map(other -> new BorrowedTree(other.sharedMemory()))
              .orElseGet(() -> sharedMemory(spec, kernel));
      ContainerMounts mounts = mount(spec, kernel, shared);
      Paths files = new Paths(mounts.mounts(), Credentials.ROOT);
      return start(new Sandbox(spec, kernel, files, network, shared), process, mounts);
    } catch (IOException e) {
      network.close();
      throw failure(e);
    } catch (EngineException e) {
      network.close();
      throw e;
    }
  }

  private static StartFailure failure(IOException error) {
    String text = String.valueOf(error.getMessage());
    return error.getCause() instanceof PosixException cause && cause.errno() == Errno.ENOTDIR
        ? new StartFailure(
            127,
            text
                + ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the"
                + " specified host path exists and is the expected type")
        : new StartFailure(128, text);
  }

  /** The container whose processes or shared memory another one is to see, if any. */
  private Optional<Sandbox> joined(ContainerSpec spec, String mode) throws StartFailure {
    Optional<String> id = JoinedContainer.of(Documents.string(spec.hostConfig(), mode));
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<Sandbox> other = Optional.ofNullable(running.get(id.get()));
    if (other.isEmpty()) {
      throw StartFailure.refusal("container " + id.get() + " is not running");
    }
    return other;
  }

  private ContainerMounts mount(ContainerSpec spec, Kernel kernel, FileTree sharedMemory)
      throws IOException {
    List<String> guarded = Mounts.Mount.GUARDED;
    AtomicReference<List<Mounts.Mount>> all = new AtomicReference<>(List.of());
    FileTree dev = devices.tree(kernel.memory()::chargeFiles, named(spec));
    List<Mounts.Mount> own = new ArrayList<>();
    own.add(
        new Mounts.Mount("/proc", new ProcTree(kernel, all::get, sysctls(spec)), true, guarded));
    own.add(new Mounts.Mount("/sys", SystemTree.create(kernel.network()), true, guarded));
    own.add(new Mounts.Mount("/sys/fs/cgroup", ControlGroupTree.of(kernel), true, guarded));
    own.add(new Mounts.Mount("/dev", dev, false, List.of("nosuid")));
    FileTree terminals = devices.terminals(kernel.memory()::chargeFiles);
    own.add(new Mounts.Mount("/dev/pts", terminals, false, List.of("nosuid", "noexec")));
    FileTree queues = new MemoryTree("mqueue", 01777, 0, devices, kernel.memory()::chargeFiles);
    own.add(new Mounts.Mount("/dev/mqueue", queues, false, guarded));
    if (Documents.string(spec.hostConfig(), "IpcMode").equals("none")) {
      new Paths(new Mounts(dev, false), Credentials.ROOT).removeDirectory("/shm");
    } else {
      own.add(new Mounts.Mount("/dev/shm", sharedMemory, false, guarded, "shm"));
    }
    ContainerMounts mounts = trees.run(spec, kernel.memory()::chargeFiles, own);
    devices.makeNodes(mounts.mounts(), named(spec));
    new EtcFiles(spec).mount(mounts.mounts(), mounts.outside());
    all.set(mounts.mounts().listed());
    return mounts;
  }

  private static Map<String, String> sysctls(ContainerSpec spec) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("kernel.domainname", domain(spec));
    Documents.object(spec.hostConfig(), "Sysctls")
        .forEach((name, value) -> {
          if (value instanceof JsonString text) {
            settings.put(name, text.getString());
          }
        });
    return settings;
  }

  /** What the kernel says of a container without one. */
  private static String domain(ContainerSpec spec) {
    String domain = Documents.string(spec.config(), "Domainname");
    return domain.isEmpty() ? "(none)" : domain;
  }

  private FileTree sharedMemory(ContainerSpec spec, Kernel kernel) {
    long size = Documents.number(spec.hostConfig(), "ShmSize");
    return new MemoryTree(
        01777, size > 0 ? size : SHARED_MEMORY, devices, kernel.memory()::chargeFiles);
  }

  /**
   * No device of the host is passed through: what a sandbox has of its own is there anyway.
   *
   * @throws StartFailure in dockerd's words of a device that is not there
   */
  private void checkDevices(ContainerSpec spec) throws StartFailure {
    for (JsonObject request : Documents.objects(spec.hostConfig(), "DeviceRequests")) {
      throw StartFailure.refusal(
          "could not select device driver \"%s\" with capabilities: %s"
              .formatted(Documents.string(request, "Driver"), capabilities(request)));
    }
    for (JsonObject device :
        Documents.array(spec.hostConfig(), "Devices").getValuesAs(JsonObject.class)) {
      String path = Documents.string(device, "PathOnHost");
      if (!devices.has(path)) {
        throw StartFailure.refusal(
            "error gathering device information while adding custom device \""
                + path
                + "\": no such file or directory");
      }
    }
  }

  /** As Go prints a list of lists. */
  private static String capabilities(JsonObject request) {
    return Documents.array(request, "Capabilities").getValuesAs(JsonArray.class).stream()
        .map(all ->
            all.getValuesAs(JsonString::getString).stream()
                .collect(Collectors.joining(" ", "[", "]")))
        .collect(Collectors.joining(" ", "[", "]"));
  }

  private static String inside(JsonObject device) {
    String path = Documents.string(device, "PathInContainer");
    return path.isEmpty() ? Documents.string(device, "PathOnHost") : path;
  }

  /** The devices that a container asks for, by the paths that they have in it. */
  private static Map<String, String> named(ContainerSpec spec) {
    Map<String, String> named = new TreeMap<>();
    for (JsonObject device :
        Documents.array(spec.hostConfig(), "Devices").getValuesAs(JsonObject.class)) {
      named.put(inside(device), Documents.string(device, "PathOnHost"));
    }
    return named;
  }

  private ContainerProcess start(Sandbox sandbox, ProcessSpec process, ContainerMounts mounts)
      throws IOException, StartFailure {
    try {
      ContainerProcess first = sandbox.start(process);
      running.put(sandbox.id(), sandbox);
      CompletableFuture<Void> _ = first.exit().thenAccept(_ -> end(sandbox, mounts));
      return first;
    } catch (StartFailure e) {
      sandbox.close();
      mounts.close();
      throw e;
    }
  }

  private void end(Sandbox sandbox, ContainerMounts mounts) {
    running.remove(sandbox.id(), sandbox);
    sandbox.close();
    try {
      mounts.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "container {0}: closing its files failed: {1}", sandbox.id(), e);
    }
  }

  @Override
  public ContainerFiles files(ContainerSpec spec) {
    return new FilesOfContainer(trees, spec);
  }

  /** Nothing is kept of a container but what is in its folder. */
  @Override
  public void remove(ContainerSpec spec) {}

  /** Tasks are threads of this process and end with it. */
  @Override
  public void close() {}
}
