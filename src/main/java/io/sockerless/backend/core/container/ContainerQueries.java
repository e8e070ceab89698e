package io.sockerless.backend.core.container;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Shows containers, without ever waiting for one that changes. */
final class ContainerQueries {

  /** The networks on which Docker resolves no names. */
  private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none");

  private static final int NAMES_SINCE = 45;

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
    Map<String, String> images = new HashMap<>();
    return LongList.answer(
        call,
        (limit > 0 ? found.limit(limit) : found).toList(),
        record ->
            withSizes(
                ContainerDocuments.summary(
                    record, imageName(record, images), services.registry().names(record), now),
                record,
                sizes));
  }

  /**
   * The name that the container was made by, as long as it still is that image's; else its id.
   *
   * @param ids of the names that were looked up before
   */
  private String imageName(ContainerRecord record, Map<String, String> ids) {
    String name = record.image();
    if (name.isEmpty() || name.equals(record.imageId())) {
      return name;
    }
    String id =
        ids.computeIfAbsent(
            name, it -> services.images().find(it, "").map(ImageSource.Image::id).orElse(""));
    return id.equals(record.imageId()) ? name : record.imageId();
  }

  private static long limit(String text) {
    return text.isEmpty() ? 0 : GoValues.integer(text);
  }

  Answer inspect(LiveContainer container, Call call) {
    ContainerRecord record = forVersion(container.current(), call);
    JsonObject document =
        ContainerDocuments.inspect(
            record,
            Link.shown(record, id -> services.registry().find(id).map(LiveContainer::current)),
            services.folder().resolve(record.id()),
            execs.of(record.id()));
    return Answer.json(200, withSizes(document, record, call.query().flag("size")));
  }

  /**
   * Before there were {@code DNSNames}, Docker's own names stood among the aliases, from the first
   * start on: Compose 1 connects a new container anew where they are missing, and would else leave
   * out what it only says then.
   */
  private static ContainerRecord forVersion(ContainerRecord record, Call call) {
    if (!ApiVersion.isBefore(call, NAMES_SINCE) || record.state().status() == Status.CREATED) {
      return record;
    }
    JsonObjectBuilder networks = JsonBuilders.object(record.networks());
    for (String name : record.networks().keySet()) {
      if (!PREDEFINED.contains(name)) {
        JsonObject settings = Documents.object(record.networks(), name);
        Set<String> aliases = new LinkedHashSet<>(Documents.strings(settings, "Aliases"));
        aliases.add(Ids.abbreviate(record.id()));
        aliases.add(Documents.string(record.config(), "Hostname"));
        networks.add(
            name, DocumentChanges.with(settings, "Aliases", DocumentChanges.array(aliases)));
      }
    }
    return record.withNetworks(networks.build(), record.ports());
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
