package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.strings;

import io.sockerless.backend.core.attach.HijackHead;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.log.LogOptions;
import io.sockerless.backend.core.log.LogQuery;
import io.sockerless.backend.core.log.LogStream;
import io.sockerless.backend.core.log.RunLog;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what containers wrote. */
final class ContainerLogs {

  private final ContainerServices services;

  ContainerLogs(ContainerServices services) {
    this.services = services;
  }

  /** Where a container's log is, in its own folder. */
  static Path folder(Path container) {
    return container.resolve("log");
  }

  Answer logs(LiveContainer container, Call call) {
    ContainerRecord record = container.current();
    LogQuery query = LogQuery.of(call.query(), attributes(record));
    if (!LogOptions.of(object(record.hostConfig(), "LogConfig")).kept()) {
      throw new EngineException.NotImplemented(
          "configured logging driver does not support reading");
    }
    LogStream stream = open(container, query);
    Runnable close = () -> close(stream);
    call.cancellation().onCancel(close);
    String type = HijackHead.contentType(call, !record.tty());
    return new Answer(200, "", Headers.of("Content-Type", type), stream, -1, close);
  }

  private LogStream open(LiveContainer container, LogQuery query) {
    boolean framed = !container.current().tty();
    Optional<RunLog> live = container.run().running().flatMap(ContainerRun.Started::log);
    try {
      return live.isPresent()
          ? LogStream.of(live.get().file(), query, framed)
          : LogStream.of(folder(services.folder().resolve(container.id())), query, framed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(LogStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Labels and variables that the log's options name, as {@code a=b,c=d}. */
  private static String attributes(ContainerRecord record) {
    var options = Documents.map(object(record.hostConfig(), "LogConfig"), "Config");
    List<String> attributes = new ArrayList<>();
    for (String name : options.getOrDefault("env", "").split(",", -1)) {
      strings(record.config(), "Env").stream()
          .filter(entry -> entry.startsWith(name + "="))
          .forEach(attributes::add);
    }
    for (String name : options.getOrDefault("labels", "").split(",", -1)) {
      Optional.ofNullable(record.labels().get(name))
          .ifPresent(value -> attributes.add(name + "=" + value));
    }
    return String.join(",", attributes);
  }
}
