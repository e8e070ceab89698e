package io.sockerless.backend.memory.support;

import io.sockerless.backend.memory.device.Devices;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.HostTree;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Descriptors;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Limits;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.PidNamespace;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A container's inside for a test: an empty tree with {@code /bin}, {@code /tmp}, {@code /work}
 * (the working directory) and {@code /dev/null}, programs by name, and nothing else.
 *
 * <p>The first program that is run has the number 1, as in a container; {@link #asChild} gives it
 * another one, so that signals have their usual effect.
 */
public final class Sandbox {

  private static final int TIMEOUT_SECONDS = 60;

  private final FileTree tree = new MemoryTree(0755, 0, new Devices(), bytes -> {});
  private final Mounts mounts = new Mounts(tree, false);
  private final TableLoader loader = new TableLoader();
  private final Limits limits = new Limits();
  private NetworkStack network = new NoNetwork();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Paths files;
  private Supplier<PidNamespace> processes = PidNamespace::new;
  private Kernel kernel = newKernel();
  private byte[] input = new byte[0];
  private boolean child;

  /** What a program did. */
  public record Result(byte[] outputBytes, byte[] errorBytes, int code) {
    /** Standard output as text. */
    public String output() {
      return Text.decode(outputBytes);
    }

    /** Standard error as text. */
    public String errors() {
      return Text.decode(errorBytes);
    }
  }

  /** An empty one. */
  public Sandbox() {
    try {
      files = new Paths(mounts, Credentials.ROOT);
      for (String folder : List.of("/bin", "/dev", "/tmp", "/work")) {
        files.makeDirectory(folder, 0755);
      }
      files.makeNode("/dev/null", FileType.CHARACTER, 0666, 0x103);
      files.changeDirectory("/work");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("PATH", "/bin");
  }

  /** What the programs that are run next reach; nothing, unless this is called. */
  public Sandbox with(NetworkStack stack) {
    network = stack;
    return this;
  }

  /** Shows a folder of the host. */
  public Sandbox withBind(Path folder, String target) {
    try {
      files.makeDirectory(target, 0755);
      mounts.add(target, new HostTree(folder), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private Kernel newKernel() {
    return new Kernel("test", "sandbox", loader, network, limits, processes.get());
  }

  /** Lets the programs that are run next see those of a container that runs. */
  public Sandbox joining(Sandbox other) {
    processes = other.kernel()::processes;
    return this;
  }

  /** Files as the programs see them, relative to {@code /work}. */
  public Paths files() {
    return files;
  }

  /** What limits the programs. */
  public Limits limits() {
    return limits;
  }

  /** What the program that is run next, or runs, lives in. */
  public Kernel kernel() {
    return kernel;
  }

  /** A program that can be called by its name. */
  public Sandbox with(String name, Program program) {
    loader.add("/bin/" + name, program);
    return withFile("/bin/" + name, 0755, new byte[0]);
  }

  /** A file; its folder is there. */
  public Sandbox withFile(String path, String content) {
    return withFile(path, 0644, Text.encode(content));
  }

  /** A file; its folder is there. */
  public Sandbox withFile(String path, int mode, byte[] content) {
    try (OpenFile file = files.create(path, OpenMode.WRITE, mode, false)) {
      file.write(content, 0, content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A variable of the programs' environment. */
  public Sandbox withEnvironment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** What standard input gives; nothing, unless this is called. */
  public Sandbox withInput(String text) {
    return withInput(Text.encode(text));
  }

  /** What standard input gives. */
  public Sandbox withInput(byte[] bytes) {
    input = bytes.clone();
    return this;
  }

  /** Lets the programs be children of a first task. */
  public Sandbox asChild() {
    child = true;
    return this;
  }

  /** A file's content. */
  public String read(String path) {
    try (OpenFile file = files.open(path, OpenMode.READ)) {
      byte[] bytes = new byte[(int) file.stat().size()];
      int count = Math.max(file.read(bytes, 0, bytes.length), 0);
      return Text.decode(bytes, 0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command by its name. */
  public Result run(String... command) {
    return run(task -> Commands.execute(task, List.of(command)), command);
  }

  /**
   * Runs a program to its end.
   *
   * @param arguments the name first
   */
  public Result run(Program program, String... arguments) {
    ByteSink output = new ByteSink();
    ByteSink errors = new ByteSink();
    Task task = start(program, output, errors, arguments);
    try {
      int code = task.end().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      return new Result(output.bytes(), errors.bytes(), code);
    } catch (TimeoutException e) {
      task.signalFromOutside(Signal.KILL);
      throw new AssertionError("still running; output " + Text.decode(output.bytes()), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a program in a new kernel with this standard output and error. */
  public Task start(Program program, OpenFile output, OpenFile errors, String... arguments) {
    Pipe pipe = new Pipe();
    OpenFile feeder = pipe.writer();
    Descriptors descriptors = new Descriptors();
    kernel = newKernel();
    try {
      descriptors.set(0, pipe.reader());
      descriptors.set(1, output);
      descriptors.set(2, errors);
      Thread.startVirtualThread(() -> feed(feeder, input));
      Program first = child ? task -> task.waitFor(task.fork(program)) : program;
      return kernel.start(
          List.of(arguments), environment, files.copy(), descriptors, task -> 0, first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A terminal for {@link #startAtTerminal}, of this size in characters. */
  public Terminal terminal(int rows, int columns) {
    kernel = newKernel();
    return new Terminal(kernel, rows, columns);
  }

  /** Starts a program with a terminal of {@link #terminal} as all of its streams. */
  public Task startAtTerminal(Program program, Terminal terminal, String... arguments) {
    Descriptors descriptors = new Descriptors();
    try {
      for (int number = 0; number < 3; number++) {
        descriptors.set(number, terminal.open());
      }
      Program setup =
          task -> {
            task.setTerminal(terminal);
            return 0;
          };
      return kernel.start(
          List.of(arguments), environment, files.copy(), descriptors, setup, program);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void feed(OpenFile feeder, byte[] bytes) {
    try (feeder) {
      feeder.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      // The program has ended without reading all of it, as programs may.
      return;
    }
  }
}
