package io.sockerless.backend.core.exec;

import static io.sockerless.backend.core.document.Documents.array;
import static io.sockerless.backend.core.document.Documents.flag;

import io.sockerless.backend.core.attach.ClientOptions;
import io.sockerless.backend.core.attach.HijackHead;
import io.sockerless.backend.core.container.ContainerRecord;
import io.sockerless.backend.core.container.ContainerServices;
import io.sockerless.backend.core.container.LiveContainer;
import io.sockerless.backend.core.container.Status;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.backend.core.driver.StartFailure;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Execs;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.stream.DetachKeys;
import io.sockerless.stream.Frame;
import io.sockerless.stream.Frame.Channel;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Commands in containers that run. */
public final class CoreExecs implements Execs {

  private final ContainerServices services;
  private final ExecRegistry registry;
  private final ExecStart start;

  /** Runs commands in the containers of these services. */
  public CoreExecs(ContainerServices services, ExecRegistry registry) {
    this.services = services;
    this.registry = registry;
    this.start = new ExecStart(services, registry);
  }

  @Override
  public Answer create(String id, Call call) {
    JsonObject config = RequestShapes.document(call, "container.ExecOptions");
    LiveContainer container = services.registry().resolve(id);
    ContainerRecord record = container.current();
    check(record, id);
    keys(config.getString("DetachKeys", ""));
    ExecInstance exec = new ExecInstance(Ids.random(), record.id(), config);
    if (exec.command().isEmpty()) {
      throw new EngineException.InvalidParameter("No exec command specified");
    }
    add(exec, container, id);
    services
        .events()
        .publish(
            record,
            "exec_create: " + String.join(" ", exec.command()),
            Map.of("execID", exec.id()));
    return Answer.json(201, JsonBuilders.object().add("Id", exec.id()).build());
  }

  /** Whoever ends a container meanwhile either finds the command or is seen here. */
  private void add(ExecInstance exec, LiveContainer container, String asNamed) {
    registry.add(exec);
    try {
      check(container.current(), asNamed);
    } catch (EngineException e) {
      registry.remove(exec);
      throw e;
    }
  }

  /**
   * Commands run only where something runs.
   *
   * @param asNamed what the client called the container
   */
  private static void check(ContainerRecord record, String asNamed) {
    Status status = record.state().status();
    switch (status) {
      case RUNNING -> {}
      case PAUSED ->
          throw conflict("Container " + asNamed + " is paused, unpause the container before exec");
      case RESTARTING ->
          throw conflict(
              "Container " + record.id() + " is restarting, wait until the container is running");
      case CREATED, REMOVING, EXITED, DEAD ->
          throw conflict("Container " + record.id() + " is not running");
    }
  }

  static EngineException conflict(String message) {
    return EngineException.of(409, message, Headers.empty());
  }

  private static DetachKeys keys(String text) {
    try {
      return DetachKeys.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidParameter("Invalid escape keys (" + text + ") provided");
    }
  }

  @Override
  public Answer start(String id, Call call) {
    JsonObject request = RequestShapes.document(call, "container.ExecStartOptions");
    ExecInstance exec = registry.get(id);
    exec.size(array(request, "ConsoleSize"));
    LiveContainer container = claim(exec);
    try {
      start.start(exec, container);
    } catch (StartFailure e) {
      throw ExecStart.refused(e);
    }
    return Answer.empty(200);
  }

  private LiveContainer claim(ExecInstance exec) {
    LiveContainer container = services.registry().resolve(exec.containerId());
    if (exec.stage() instanceof ExecInstance.Stage.Created) {
      check(container.current(), exec.containerId());
    }
    if (!exec.claim()) {
      throw conflict(
          exec.stage() instanceof ExecInstance.Stage.Ended
              ? "Exec command " + exec.id() + " has already run"
              : "Exec command " + exec.id() + " is already running");
    }
    return container;
  }

  @Override
  public HijackedStream startAttached(String id, Call call) {
    JsonObject request = RequestShapes.document(call, "container.ExecStartOptions");
    ExecInstance exec = registry.get(id);
    exec.size(array(request, "ConsoleSize"));
    LiveContainer container = claim(exec);
    boolean framed = !exec.tty() && !flag(request, "Tty");
    ClientOptions options =
        new ClientOptions(
            HijackHead.of(call, framed),
            exec.attaches("AttachStdin"),
            exec.attaches("AttachStdout"),
            exec.attaches("AttachStderr"),
            framed,
            true,
            exec.tty() ? Optional.of(keys(exec.detachKeys())) : Optional.empty(),
            () -> detached(exec, container));
    HijackedStream client = exec.streams().attach(options);
    try {
      start.start(exec, container);
      return client;
    } catch (StartFailure e) {
      client.close();
      return exec.streams().told(options, told(ExecStart.message(e) + "\r\n", framed));
    }
  }

  private void detached(ExecInstance exec, LiveContainer container) {
    services.events().publish(container.current(), "exec_detach", Map.of("execID", exec.id()));
  }

  private static ByteArrayInputStream told(String message, boolean framed) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return new ByteArrayInputStream(framed ? new Frame(Channel.STDOUT, bytes).encode() : bytes);
  }

  @Override
  public Answer resize(String id, Call call) {
    int height = GoValues.characters(call.query().first("h").orElse(""));
    int width = GoValues.characters(call.query().first("w").orElse(""));
    ExecInstance exec = registry.get(id);
    if (exec.stage() instanceof ExecInstance.Stage.Ended) {
      throw conflict("Exec command " + exec.id() + " has already run");
    }
    exec.resize(height, width);
    return Answer.empty(200);
  }

  @Override
  public Answer inspect(String id, Call call) {
    return Answer.json(200, registry.get(id).document());
  }
}
