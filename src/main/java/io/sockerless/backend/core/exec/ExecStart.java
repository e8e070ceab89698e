package io.sockerless.backend.core.exec;

import io.sockerless.backend.core.attach.ProcessStreams.OutputLog;
import io.sockerless.backend.core.container.ContainerRun;
import io.sockerless.backend.core.container.ContainerServices;
import io.sockerless.backend.core.container.LiveContainer;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.driver.StreamDriver.Streams;
import io.sockerless.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Starts commands, and watches each for its end. */
final class ExecStart {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CANNOT_START = 128;

  /** What a command has for an exit code that nothing was asked to run. */
  private static final int REFUSED = 126;

  private final ContainerServices services;
  private final ExecRegistry registry;

  ExecStart(ContainerServices services, ExecRegistry registry) {
    this.services = services;
    this.registry = registry;
  }

  /**
   * Starts a command that the caller has claimed.
   *
   * @throws StartFailure if it cannot be run; it has ended then
   */
  void start(ExecInstance exec, LiveContainer container) throws StartFailure {
    ContainerRun run = container.run();
    try {
      ContainerProcess main = run.process().orElseThrow(() -> notRunning(container));
      ContainerSpec spec = run.spec().orElseThrow(() -> notRunning(container));
      ContainerProcess process =
          services.drivers().exec(spec).exec(spec, main, exec.spec(services, container.current()));
      exec.become(new ExecInstance.Stage.Running(process));
      services
          .events()
          .publish(
              container.current(),
              "exec_start: " + String.join(" ", exec.command()),
              Map.of("execID", exec.id()));
      exec.streams()
          .begin(new Streams(process.stdin(), process.stdout(), process.stderr()), OutputLog.NONE);
      Thread.ofVirtual()
          .name("exec " + exec.id().substring(0, 12))
          .start(() -> watch(exec, container, process));
    } catch (StartFailure e) {
      end(exec, 0, e.isRefusal() ? REFUSED : e.code());
      throw e;
    } catch (RuntimeException e) {
      end(exec, 0, REFUSED);
      throw e;
    }
  }

  private static RuntimeException notRunning(LiveContainer container) {
    return CoreExecs.conflict("Container " + container.id() + " is not running");
  }

  /** The fault is the command's, or else the container's. */
  static EngineException refused(StartFailure failure) {
    return failure.code() == CANNOT_START
        ? new EngineException.Failure(500, message(failure))
        : new EngineException.InvalidParameter(message(failure));
  }

  /** What Docker says of a command that cannot be run. */
  static String message(StartFailure failure) {
    return failure.isRefusal()
        ? failure.text()
        : "OCI runtime exec failed: exec failed: unable to start container process: "
            + failure.text()
            + ": unknown";
  }

  private void watch(ExecInstance exec, LiveContainer container, ContainerProcess process) {
    int code = process.exit().join().code();
    try {
      exec.streams().drain(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    services
        .events()
        .publish(
            container.current(),
            "exec_die",
            Map.of("execID", exec.id(), "exitCode", Integer.toString(code)));
    end(exec, process.pid(), code);
  }

  private void end(ExecInstance exec, int pid, int code) {
    exec.become(new ExecInstance.Stage.Ended(pid, code, Instant.now(services.clock())));
    registry.ended(exec);
    exec.streams().end();
  }
}
