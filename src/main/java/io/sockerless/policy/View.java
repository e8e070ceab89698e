package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.policy.rule.Owner;
import io.sockerless.policy.rule.Policy;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an identity sees of an answer that tells of many objects: those that the rules of the
 * operation cover.
 */
record View(Policy policy, Identity identity, Ownership ownership, String operation) {

  private static final Set<String> PRUNES =
      Set.of("containers.prune", "images.prune", "networks.prune", "volumes.prune");
  private static final String CONTAINERS = "Containers";

  /** Whether an identity may know of objects of that kind and owner. */
  static boolean isVisible(Policy policy, Identity identity, Kind kind, Owner owner) {
    return policy.shows(identity, kind.noun() + ".inspect", owner)
        || policy.shows(identity, kind.noun() + ".list", owner);
  }

  /** The operation on one's own objects alone, where the backend can be told so. */
  Invocation narrow(Invocation invocation) {
    boolean prunes = PRUNES.contains(operation) && !policy.showsAll(identity, operation);
    if (!prunes && !listsOwnAlone()) {
      return invocation;
    }
    Call call = invocation.call();
    return invocation.with(
        call.with(OwnFilter.add(call.query(), Ownership.LABEL + "=" + identity.name())));
  }

  /** The backend itself leaves out the rest, as it does when it prunes. */
  private boolean listsOwnAlone() {
    return operation.equals("containers.list") && policy.showsOwnAlone(identity, operation);
  }

  /** The answer without what is not to be seen. */
  Answer filter(Answer answer, Call call) {
    if (answer.status() != 200 || policy.showsAll(identity, operation) || listsOwnAlone()) {
      return answer;
    }
    return switch (operation) {
      case "containers.list" -> answer.with(visible(answer.document(), Kind.CONTAINER));
      case "images.list" -> answer.with(images(visible(answer.document(), Kind.IMAGE), call));
      case "images.inspect" ->
          call.query().first("manifests").isEmpty()
              ? answer
              : answer.with(
                  ImageView.naming(
                      answer.document().asJsonObject(), id -> showsContainer(id, call)));
      case "networks.list" -> answer.with(networks(answer.document().asJsonArray(), call));
      case "networks.inspect" -> answer.with(members(answer.document().asJsonObject(), call));
      case "volumes.list" -> answer.with(volumes(answer.document().asJsonObject()));
      case "system.diskUsage" -> answer.with(usage(answer.document().asJsonObject()));
      case "system.events" -> EventView.of(this, answer, call);
      default -> answer;
    };
  }

  /** Whether the operation shows objects of that owner. */
  boolean shows(Owner owner) {
    return policy.shows(identity, operation, owner);
  }

  private JsonArray visible(JsonValue items, Kind kind) {
    JsonArrayBuilder visible = JsonBuilders.array();
    if (items instanceof JsonArray array) {
      for (JsonValue item : array) {
        if (item instanceof JsonObject object && shows(Ownership.owner(kind, object))) {
          visible.add(object);
        }
      }
    }
    return visible.build();
  }

  private JsonArray networks(JsonArray networks, Call call) {
    JsonArrayBuilder visible = JsonBuilders.array();
    visible(networks, Kind.NETWORK)
        .getValuesAs(JsonObject.class)
        .forEach(network -> visible.add(members(network, call)));
    return visible.build();
  }

  /** A network that many are on, with the containers that one may know of. */
  private JsonObject members(JsonObject network, Call call) {
    if (!(network.get(CONTAINERS) instanceof JsonObject members)) {
      return network;
    }
    JsonObjectBuilder visible = JsonBuilders.object();
    for (Map.Entry<String, JsonValue> member : members.entrySet()) {
      if (showsContainer(member.getKey(), call)) {
        visible.add(member.getKey(), member.getValue());
      }
    }
    return JsonBuilders.object(network).add(CONTAINERS, visible).build();
  }

  private boolean showsContainer(String id, Call call) {
    return ownership
        .find(Kind.CONTAINER, id, call)
        .filter(it -> isVisible(policy, identity, Kind.CONTAINER, it.owner()))
        .isPresent();
  }

  private JsonArray images(JsonArray images, Call call) {
    if (call.query().first("manifests").isEmpty()) {
      return images;
    }
    JsonArrayBuilder shown = JsonBuilders.array();
    images
        .getValuesAs(JsonObject.class)
        .forEach(image -> shown.add(ImageView.naming(image, id -> showsContainer(id, call))));
    return shown.build();
  }

  private JsonObject volumes(JsonObject document) {
    return JsonBuilders.object(document)
        .add("Volumes", visible(document.getOrDefault("Volumes", JsonValue.NULL), Kind.VOLUME))
        .build();
  }

  /** The sums are of what is seen, since the whole would tell of the rest. */
  private JsonObject usage(JsonObject document) {
    JsonObjectBuilder usage = JsonBuilders.object(document);
    JsonArray images = visible(document.getOrDefault("Images", JsonValue.NULL), Kind.IMAGE);
    long layers =
        images.getValuesAs(JsonObject.class).stream()
            .map(image -> image.get("Size"))
            .mapToLong(size -> size instanceof JsonNumber number ? number.longValue() : 0)
            .sum();
    JsonArray containers =
        visible(document.getOrDefault(CONTAINERS, JsonValue.NULL), Kind.CONTAINER);
    Optional<List<JsonObject>> users =
        document.get(CONTAINERS) instanceof JsonArray
            ? Optional.of(containers.getValuesAs(JsonObject.class))
            : Optional.empty();
    return usage
        .add("LayersSize", layers)
        .add("BuilderSize", 0)
        .add("Images", ImageView.counting(images.getValuesAs(JsonObject.class), users))
        .add(CONTAINERS, containers)
        .add("Volumes", visible(document.getOrDefault("Volumes", JsonValue.NULL), Kind.VOLUME))
        .add("BuildCache", JsonValue.EMPTY_JSON_ARRAY)
        .build();
  }
}
