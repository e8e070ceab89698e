package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.ProcessFactory;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.backend.core.driver.StartFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Runs scripts by the names of commands; another command is not found. */
public final class FakeProcessFactory implements ProcessFactory {

  /** The containers that were removed. */
  public final List<String> removed = new CopyOnWriteArrayList<>();

  /** What was started, in order. */
  public final List<FakeProcess> started = new CopyOnWriteArrayList<>();

  /** What the containers of those were, in the same order. */
  public final List<ContainerSpec> specs = new CopyOnWriteArrayList<>();

  /** The files of every container. */
  public final FakeFiles files = new FakeFiles();

  private final Map<String, FakeProcess.Script> scripts = new ConcurrentHashMap<>();

  /** A factory that knows {@code true}, {@code false}, {@code cat} and {@code sleep}. */
  public FakeProcessFactory() {
    on("true", process -> 0);
    on("false", process -> 1);
    on("sleep", process -> 128 + process.awaitSignal());
    on(
        "cat",
        process -> {
          byte[] buffer = new byte[1024];
          int count;
          while ((count = process.in().read(buffer)) >= 0) {
            process.out(new String(buffer, 0, count, StandardCharsets.UTF_8));
          }
          return 0;
        });
  }

  /** Gives a command something to do. */
  public void on(String command, FakeProcess.Script script) {
    scripts.put(command, script);
  }

  /** The last process that was started. */
  public FakeProcess last() {
    return started.getLast();
  }

  FakeProcess start(ProcessSpec spec) throws StartFailure {
    if (spec.user().equals("nobody-knows")) {
      throw StartFailure.refusal("unable to find user nobody-knows");
    }
    String command = spec.command().getFirst();
    FakeProcess.Script script = scripts.get(command);
    if (script == null) {
      throw new StartFailure(127, "exec: \"" + command + "\": executable file not found in $PATH");
    }
    FakeProcess process = new FakeProcess(this, spec, script);
    started.add(process);
    return process;
  }

  @Override
  public ContainerProcess newProcess(ContainerSpec spec, ProcessSpec process) throws StartFailure {
    ContainerProcess started = start(process);
    specs.add(spec);
    return started;
  }

  @Override
  public ContainerFiles files(ContainerSpec spec) {
    return files;
  }

  @Override
  public void remove(ContainerSpec spec) {
    removed.add(spec.id());
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
