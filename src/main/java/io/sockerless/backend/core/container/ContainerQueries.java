package io.sockerless.backend.core.container;

import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Shows containers, without ever waiting for one that changes. */
final class ContainerQueries {

  private final ContainerServices services;
  private final Specs specs;
  private final ExecDirectory execs;

  ContainerQueries(ContainerServices services, Specs specs, ExecDirectory execs) {
    this.services = services;
    this.specs = specs;
    this.execs = execs;
  }

  Answer list(Call call) {
    Filters given = Filters.of(call.query(), ContainerFilters.KNOWN);
    ContainerFilters filters = new ContainerFilters(given, services);
    long limit = limit(call.query().first("limit").orElse(""));
    boolean all = call.query().flag("all") || limit > 0 || filters.wantsAll();
    Stream<ContainerRecord> found =
        services.registry().candidates(given, !all).stream()
            .map(LiveContainer::current)
            .filter(record -> all || record.state().status().isActive())
            .filter(filters)
            .sorted(Comparator.comparing(ContainerRecord::created).reversed());
    boolean sizes = call.query().flag("size");
    Instant now = Instant.now(services.clock());
    return LongList.answer(
        call,
        (limit > 0 ? found.limit(limit) : found).toList(),
        record -> withSizes(ContainerDocuments.summary(record, now), record, sizes));
  }

  private static long limit(String text) {
    return text.isEmpty() ? 0 : GoValues.integer(text);
  }

  Answer inspect(LiveContainer container, Call call) {
    ContainerRecord record = container.current();
    JsonObject document =
        ContainerDocuments.inspect(
            record,
            Link.shown(record, id -> services.registry().find(id).map(LiveContainer::current)),
            services.folder().resolve(record.id()),
            execs.of(record.id()));
    return Answer.json(200, withSizes(document, record, call.query().flag("size")));
  }

  private JsonObject withSizes(JsonObject document, ContainerRecord record, boolean wanted) {
    if (!wanted) {
      return document;
    }
    long own = size(record);
    return JsonBuilders.object(document)
        .add("SizeRw", own)
        .add("SizeRootFs", own + imageSize(record))
        .build();
  }

  private long imageSize(ContainerRecord record) {
    return record.imageId().isEmpty()
        ? 0
        : services
            .images()
            .find(record.imageId(), "")
            .map(services.images()::size)
            .orElseThrow(() -> new EngineException.NotFound("No such image: " + record.imageId()));
  }

  /** The bytes in files of a container that differ from its image's. */
  long size(ContainerRecord record) {
    try {
      return specs.files(record).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer top(LiveContainer container, Call call) {
    ContainerRecord record = container.current();
    if (!record.state().status().hasProcess()) {
      throw ContainerRegistry.conflict("Container %s is not running", record.id());
    }
    List<String> arguments =
        List.of(
            call.query().first("ps_args").filter(s -> !s.isBlank()).orElse("-ef").split("\\s+"));
    JsonObject table =
        container
            .run()
            .process()
            .map(process -> ProcessTable.of(process, arguments, Instant.now(services.clock())))
            .orElseThrow(
                () -> ContainerRegistry.conflict("Container %s is not running", record.id()));
    services.events().publish(record, "top");
    return Answer.json(200, table);
  }
}
