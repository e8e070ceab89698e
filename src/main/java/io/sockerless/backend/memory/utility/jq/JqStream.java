package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A value in {@code jq}'s streaming form: its leaves with their paths, and the path of the last
 * child where an array or an object closes.
 *
 * @see <a href="https://jqlang.org/manual/v1.6/#streaming">jq 1.6 Manual, Streaming</a>
 */
final class JqStream {

  private final List<JsonNode> events = new ArrayList<>();

  private JqStream() {}

  /** All events of a value. */
  static List<JsonNode> events(JsonNode value) {
    JqStream stream = new JqStream();
    stream.add(value, List.of());
    return stream.events;
  }

  private void add(JsonNode value, List<JsonNode> path) {
    if (!value.isContainerNode() || value.isEmpty()) {
      event(path).add(value);
      return;
    }
    List<JsonNode> last = path;
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        last = below(path, TextNode.valueOf(entry.getKey()));
        add(entry.getValue(), last);
      }
    } else {
      for (int i = 0; i < value.size(); i++) {
        last = below(path, IntNode.valueOf(i));
        add(value.get(i), last);
      }
    }
    event(last);
  }

  private static List<JsonNode> below(List<JsonNode> path, JsonNode key) {
    List<JsonNode> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private ArrayNode event(List<JsonNode> path) {
    ArrayNode event = JsonNodeFactory.instance.arrayNode();
    ArrayNode keys = event.addArray();
    path.forEach(keys::add);
    events.add(event);
    return event;
  }
}
