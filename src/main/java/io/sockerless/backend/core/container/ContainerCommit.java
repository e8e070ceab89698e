package io.sockerless.backend.core.container;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.dockerfile.ConfigChanges;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes images of containers. */
final class ContainerCommit {

  private final ContainerServices services;
  private final Specs specs;

  ContainerCommit(ContainerServices services, Specs specs) {
    this.services = services;
    this.specs = specs;
  }

  Answer commit(Call call) {
    RequestShapes.checkType(call);
    Query query = call.query();
    LiveContainer container = services.registry().resolve(query.first("container").orElse(""));
    ContainerRecord record = container.current();
    JsonObject config =
        ConfigChanges.apply(base(plain(record), call.body().document()), query.all("changes"));
    boolean pauses = query.first("pause").isEmpty() || query.flag("pause");
    try {
      String name = name(query);
      Image image = commit(container, config, query, pauses);
      services
          .events()
          .publish(
              record,
              "commit",
              Map.of(
                  "comment", query.first("comment").orElse(""),
                  "imageID", image.id(),
                  "imageRef", name));
      return Answer.json(201, JsonBuilders.object().add("Id", image.id()).build());
    } catch (IOException e) {
      throw new EngineException.Failure(500, String.valueOf(e.getMessage()));
    }
  }

  /** Without what was put in for this container alone. */
  private JsonObject plain(ContainerRecord record) {
    ContainerSpec spec = specs.bare(record);
    return services.drivers().lifecycle(spec).unprepared(spec);
  }

  /** What the client gives in the body stands over the container's own. */
  private static JsonObject base(JsonObject plain, JsonObject given) {
    JsonObject own =
        DocumentChanges.without(
            plain,
            "Hostname",
            "Domainname",
            "AttachStdin",
            "AttachStdout",
            "AttachStderr",
            "Tty",
            "OpenStdin",
            "StdinOnce",
            "Image");
    return given.isEmpty() ? own : ConfigMerge.merge(given, own);
  }

  private Image commit(LiveContainer container, JsonObject config, Query query, boolean pauses)
      throws IOException {
    ContainerRecord record = container.current();
    ContainerSpec spec = specs.of(record);
    ContainerFiles files = services.drivers().filesystem(spec).files(spec);
    // Not in the container's own folder: what a killed server leaves here, the next one deletes.
    Path layer = Files.createTempFile(services.folder(), "commit", ".tar");
    try {
      write(container, files, layer, pauses);
      Optional<Image> parent =
          record.imageId().isEmpty()
              ? Optional.empty()
              : services.images().find(record.imageId(), "");
      try (InputStream content = Files.newInputStream(layer)) {
        return services
            .images()
            .commit(
                parent,
                document(parent, record, config, query),
                history(record, query),
                Optional.of(content),
                name(query));
      }
    } finally {
      Files.deleteIfExists(layer);
    }
  }

  /** The files are taken while nothing runs, unless the client says otherwise. */
  private static void write(
      LiveContainer container, ContainerFiles files, Path layer, boolean pauses)
      throws IOException {
    Optional<ContainerProcess> frozen =
        pauses && container.current().state().status() == Status.RUNNING
            ? container.run().process()
            : Optional.empty();
    frozen.ifPresent(ContainerProcess::pause);
    try (OutputStream target = new BufferedOutputStream(Files.newOutputStream(layer))) {
      files.writeLayer(target);
    } finally {
      frozen.ifPresent(ContainerProcess::resume);
    }
  }

  private JsonObject document(
      Optional<Image> parent, ContainerRecord record, JsonObject config, Query query) {
    JsonObject inherited = parent.map(Image::document).orElse(JsonValue.EMPTY_JSON_OBJECT);
    JsonObjectBuilder document =
        JsonBuilders.object(
                DocumentChanges.without(inherited, "rootfs", "history", "config", "comment"))
            .add("created", Instant.now(services.clock()).toString())
            .add("author", query.first("author").orElse(""))
            .add("container", record.id())
            .add("container_config", plain(record))
            .add("config", config);
    if (!inherited.containsKey("os")) {
      document.add("os", record.platform());
    }
    return document.build();
  }

  private JsonObject history(ContainerRecord record, Query query) {
    JsonObjectBuilder history =
        JsonBuilders.object()
            .add("created", Instant.now(services.clock()).toString())
            .add("created_by", String.join(" ", record.command()));
    query.first("author").filter(s -> !s.isEmpty()).ifPresent(it -> history.add("author", it));
    query.first("comment").filter(s -> !s.isEmpty()).ifPresent(it -> history.add("comment", it));
    return history.build();
  }

  private static String name(Query query) {
    String repository = query.first("repo").orElse("");
    String tag = query.first("tag").orElse("");
    return repository.isEmpty() || tag.isEmpty() ? repository : repository + ":" + tag;
  }
}
