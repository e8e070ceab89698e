package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Volumes;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The Docker API's operations on volumes. */
public final class CoreVolumes implements Volumes {

  private static final Set<String> LIST_FILTERS = Set.of("dangling", "driver", "label", "name");
  private static final Set<String> PRUNE_FILTERS = Set.of("all", "label", "label!");

  /** From this minor version of the API on, a prune spares volumes with a name. */
  private static final int SPARES_NAMED = 42;

  private final LocalVolumes volumes;
  private final Supplier<ContainerDirectory> containers;

  /**
   * Serves these volumes.
   *
   * @param containers asked only when an operation runs, since containers know volumes in turn
   */
  public CoreVolumes(LocalVolumes volumes, Supplier<ContainerDirectory> containers) {
    this.volumes = volumes;
    this.containers = containers;
  }

  @Override
  public Answer list(Call call) {
    Filters filters = Filters.of(call.query(), LIST_FILTERS);
    boolean dangling = filters.flag("dangling", false);
    VolumeUsers users = filters.has("dangling") ? users() : new VolumeUsers(Map.of());
    JsonArrayBuilder list = JsonBuilders.array();
    volumes.all().stream()
        .filter(volume -> filters.matches("name", name(volume)))
        .filter(volume -> filters.any("driver", Documents.string(volume, "Driver")::equals))
        .filter(volume -> filters.labels(Documents.map(volume, "Labels")))
        .filter(volume -> !filters.has("dangling") || users.of(name(volume)).isEmpty() == dangling)
        .forEach(list::add);
    return Answer.json(
        200, JsonBuilders.object().add("Volumes", list).add("Warnings", JsonValue.NULL).build());
  }

  private static String name(JsonObject volume) {
    return Documents.string(volume, "Name");
  }

  private VolumeUsers users() {
    return VolumeUsers.of(containers.get(), container -> true);
  }

  @Override
  public Answer create(Call call) {
    JsonObject body = RequestShapes.document(call, "volume.CreateOptions");
    if (!Documents.object(body, "ClusterVolumeSpec").isEmpty()) {
      throw noCluster();
    }
    String name = Documents.string(body, "Name");
    LocalVolumes.Request request =
        new LocalVolumes.Request(
            name.isEmpty() ? Ids.random() : name,
            Documents.string(body, "Driver"),
            given(body, "DriverOpts"),
            name.isEmpty() ? Optional.of(anonymousLabels(body)) : given(body, "Labels"));
    return Answer.json(201, volumes.create(request));
  }

  private static Optional<JsonObject> given(JsonObject body, String name) {
    return body.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  private static JsonObject anonymousLabels(JsonObject body) {
    return JsonBuilders.object(Documents.object(body, "Labels"))
        .add(LocalVolumes.ANONYMOUS, "")
        .build();
  }

  private static EngineException noCluster() {
    return new EngineException.NotImplemented(
        "cluster volumes need a swarm, which this backend has not");
  }

  @Override
  public Answer inspect(String name, Call call) {
    return Answer.json(200, volumes.get(name));
  }

  @Override
  public Answer update(String name, Call call) {
    throw noCluster();
  }

  @Override
  public Answer remove(String name, Call call) {
    if (volumes.find(name).isEmpty() && call.query().flag("force")) {
      return Answer.empty(204);
    }
    volumes.get(name);
    List<String> users = users().of(name);
    if (!users.isEmpty()) {
      throw EngineException.of(
          409,
          "remove %s: volume is in use - [%s]".formatted(name, String.join(", ", users)),
          Headers.empty());
    }
    volumes.remove(name);
    return Answer.empty(204);
  }

  @Override
  public Answer prune(Call call) {
    Filters filters = Filters.of(call.query(), PRUNE_FILTERS);
    boolean all = ApiVersion.isBefore(call, SPARES_NAMED) || filters.flag("all", false);
    VolumeUsers users = users();
    JsonArrayBuilder deleted = JsonBuilders.array();
    long reclaimed = 0;
    for (JsonObject volume : volumes.all()) {
      String name = name(volume);
      if (users.of(name).isEmpty()
          && (all || volumes.isAnonymous(name))
          && filters.labels(Documents.map(volume, "Labels"))) {
        reclaimed += volumes.size(name);
        volumes.remove(name);
        deleted.add(name);
      }
    }
    volumes.publish("prune", "", Map.of("reclaimed", Long.toString(reclaimed)));
    return Answer.json(
        200,
        JsonBuilders.object()
            .add("VolumesDeleted", deleted)
            .add("SpaceReclaimed", reclaimed)
            .build());
  }

  /** All volumes with what they take, for {@code GET /system/df}. */
  public JsonArray usage() {
    VolumeUsers users = users();
    JsonArrayBuilder usage = JsonBuilders.array();
    for (JsonObject volume : volumes.all()) {
      String name = name(volume);
      boolean elsewhere = volumes.options(volume).device().isPresent();
      usage.add(
          JsonBuilders.object(volume)
              .add(
                  "UsageData",
                  JsonBuilders.object()
                      .add("RefCount", users.of(name).size())
                      .add("Size", elsewhere ? -1 : volumes.size(name))));
    }
    return usage.build();
  }
}
