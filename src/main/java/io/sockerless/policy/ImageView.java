package io.sockerless.policy;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Images that many use, without those who use them: who may see an image learns of no container
 * that they could not see otherwise, neither by its id nor by being counted.
 */
final class ImageView {

  private static final String CONTAINERS = "Containers";
  private static final String DATA = "ImageData";
  private static final String MANIFESTS = "Manifests";

  private ImageView() {}

  /**
   * An image whose manifests name only some of the containers that use them.
   *
   * @param visible tells by an id whether a container may be known of
   */
  static JsonObject naming(JsonObject image, Predicate<String> visible) {
    if (!(image.get(MANIFESTS) instanceof JsonArray manifests)) {
      return image;
    }
    JsonArrayBuilder shown = JsonBuilders.array();
    for (JsonValue manifest : manifests) {
      shown.add(
          manifest instanceof JsonObject object
                  && object.get(DATA) instanceof JsonObject data
                  && data.get(CONTAINERS) instanceof JsonArray ids
              ? with(object, DATA, with(data, CONTAINERS, some(ids, visible)))
              : manifest);
    }
    return with(image, MANIFESTS, shown.build());
  }

  private static JsonArray some(JsonArray ids, Predicate<String> visible) {
    JsonArrayBuilder some = JsonBuilders.array();
    for (JsonValue id : ids) {
      if (id instanceof JsonString text && visible.test(text.getString())) {
        some.add(text);
      }
    }
    return some.build();
  }

  /**
   * Images that say how many of these containers use them; -1 as Docker has it where that was not
   * found out.
   */
  static JsonArray counting(List<JsonObject> images, Optional<List<JsonObject>> containers) {
    JsonArrayBuilder counting = JsonBuilders.array();
    for (JsonObject image : images) {
      String id = image.getString("Id", "");
      int users =
          containers
              .map(all ->
                  (int) all.stream().filter(it -> it.getString("ImageID", "").equals(id)).count())
              .orElse(-1);
      counting.add(with(image, CONTAINERS, JsonBuilders.value(users)));
    }
    return counting.build();
  }

  private static JsonObject with(JsonObject object, String name, JsonValue value) {
    return JsonBuilders.object(object).add(name, value).build();
  }
}
