package io.sockerless.policy;

import io.sockerless.engine.Body;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * Adds a label to a query's {@code filters}, in both of the forms that they have. Labels are
 * conditions that must all hold, so what the client asks for is only narrowed.
 */
final class OwnFilter {

  private static final String FILTERS = "filters";
  private static final String LABEL = "label";

  private OwnFilter() {}

  /** The query with one more label to match. */
  static Query add(Query query, String label) {
    String written = query.first(FILTERS).orElse("");
    JsonObject filters =
        written.isEmpty()
            ? JsonValue.EMPTY_JSON_OBJECT
            : Body.parse(written.getBytes(StandardCharsets.UTF_8));
    boolean old = filters.values().stream().anyMatch(JsonObject.class::isInstance);
    JsonObject narrowed =
        JsonBuilders.object(filters)
            .add(LABEL, old ? oldForm(filters, label) : list(filters, label))
            .build();
    return query.without(FILTERS).and(FILTERS, narrowed.toString());
  }

  private static JsonValue list(JsonObject filters, String label) {
    JsonArrayBuilder labels = JsonBuilders.array();
    if (filters.get(LABEL) instanceof JsonArray present) {
      present.getValuesAs(JsonString.class).forEach(labels::add);
    }
    return labels.add(label).build();
  }

  /** As clients before API 1.22 write them, and some still do. */
  private static JsonValue oldForm(JsonObject filters, String label) {
    JsonObjectBuilder labels =
        filters.get(LABEL) instanceof JsonObject present
            ? JsonBuilders.object(present)
            : JsonBuilders.object();
    return labels.add(label, true).build();
  }
}
