package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.flag;

import io.sockerless.backend.core.attach.ClientOptions;
import io.sockerless.backend.core.attach.HijackHead;
import io.sockerless.backend.core.attach.ProcessStreams.OutputLog;
import io.sockerless.backend.core.attach.StreamClient;
import io.sockerless.backend.core.log.LogQuery;
import io.sockerless.backend.core.log.LogStream;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Query;
import io.sockerless.stream.DetachKeys;
import io.sockerless.stream.Frame.Channel;
import io.sockerless.stream.WebSocketStream;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Joins clients to containers' standard streams and terminals. */
final class ContainerAttach {

  private final ContainerServices services;

  ContainerAttach(ContainerServices services) {
    this.services = services;
  }

  HijackedStream attach(LiveContainer container, Call call) {
    boolean framed = !container.current().tty();
    skip(call.body());
    return join(container, call.query(), framed, HijackHead.of(call, framed));
  }

  /**
   * What a client sends as the request's body is no input: dockerode repeats its parameters there.
   */
  private static void skip(Body body) {
    if (body.length() > 0) {
      body.bytes();
    }
  }

  /** Over a WebSocket there are no frames: both outputs come as they are. */
  HijackedStream attachWebSocket(LiveContainer container, Call call) {
    String key = WebSocketStream.key(call.headers());
    Query query = call.query();
    HijackHead head = new HijackHead(101, "", Headers.empty());
    return WebSocketStream.over(join(container, query, false, head), key);
  }

  private HijackedStream join(
      LiveContainer container, Query query, boolean framed, HijackHead head) {
    ContainerRecord record = container.current();
    check(record);
    Optional<DetachKeys> keys = detachKeys(query, record.tty());
    boolean live = query.flag("stream");
    ClientOptions options =
        new ClientOptions(
            head,
            live && query.flag("stdin") && flag(record.config(), "OpenStdin"),
            query.flag("stdout"),
            query.flag("stderr"),
            framed,
            flag(record.config(), "StdinOnce"),
            keys,
            () -> services.events().publish(container.current(), "detach"));
    StreamClient client = join(container, options, live, query.flag("logs"));
    services.events().publish(record, "attach");
    return client;
  }

  private StreamClient join(
      LiveContainer container, ClientOptions options, boolean live, boolean logs) {
    ContainerRun run = container.run();
    try {
      if (!logs) {
        return live
            ? run.streams().attach(options)
            : run.streams().told(options, InputStream.nullInputStream());
      }
      OutputLog before =
          new StoredLog(ContainerLogs.folder(services.folder().resolve(container.id())));
      StreamClient client = run.streams().attachWithReplay(options, before);
      if (!live) {
        client.finish();
      }
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(ContainerRecord record) {
    switch (record.state().status()) {
      case PAUSED ->
          throw ContainerRegistry.conflict(
              "container %s is paused, unpause the container before attach", record.id());
      case RESTARTING ->
          throw ContainerRegistry.conflict(
              "container %s is restarting, wait until the container is running", record.id());
      case CREATED, RUNNING, REMOVING, EXITED, DEAD -> {}
    }
  }

  /** The keys of a terminal's session; without a terminal there are none. */
  static Optional<DetachKeys> detachKeys(Query query, boolean tty) {
    try {
      DetachKeys keys = DetachKeys.parse(query.first("detachKeys").orElse(""));
      return tty ? Optional.of(keys) : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidParameter(
          "Invalid escape keys (" + query.first("detachKeys").orElse("") + ") provided");
    }
  }

  Answer resize(LiveContainer container, Call call) {
    int rows = GoValues.characters(call.query().first("h").orElse(""));
    int columns = GoValues.characters(call.query().first("w").orElse(""));
    ContainerRecord record = container.current();
    if (!record.state().status().isActive()) {
      throw ContainerRegistry.conflict("Container %s is not running", record.id());
    }
    container.run().process().ifPresent(process -> process.resize(rows, columns));
    services
        .events()
        .publish(
            record,
            "resize",
            Map.of("height", Integer.toString(rows), "width", Integer.toString(columns)));
    return Answer.empty(200);
  }

  /** What earlier runs wrote, for a container that does not run. */
  private record StoredLog(Path folder) implements OutputLog {
    @Override
    public void write(Channel channel, byte[] bytes, int offset, int length) throws IOException {
      throw new IOException("nothing runs");
    }

    @Override
    public void finish(Channel channel) throws IOException {
      throw new IOException("nothing runs");
    }

    @Override
    public InputStream replay(boolean stdout, boolean stderr, boolean framed) throws IOException {
      return LogStream.of(folder, LogQuery.all(stdout, stderr), framed);
    }
  }
}
