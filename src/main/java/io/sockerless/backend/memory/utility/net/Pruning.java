package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Removes what filters match: containers first, which hold all else. */
final class Pruning {

  private static final int ATTEMPTS = 10;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The reapers themselves, which end by themselves. */
  private static final String REAPER = "org.testcontainers.ryuk";

  /**
   * What is removed.
   *
   * @param word for what is told
   * @param list its path, to which the filters are added
   * @param identity the field that it is removed by
   * @param removal its path's beginning
   * @param options its path's end
   */
  private record Kind(String word, String list, String identity, String removal, String options) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("container", "/containers/json?all=1", "Id", "/containers/", "?force=1&v=1"),
          new Kind("network", "/networks?", "Id", "/networks/", ""),
          new Kind("volume", "/volumes?", "Name", "/volumes/", "?force=1"),
          new Kind("image", "/images/json?", "Id", "/images/", "?force=1"));

  private final Task task;
  private final DockerEngine engine;

  Pruning(Task task, DockerEngine engine) {
    this.task = task;
    this.engine = engine;
  }

  /**
   * Removes what any of the filters matches, each a query such as {@code label=a%3Db&label=c}, and
   * tells how much that was. What cannot be removed yet is tried again for a while.
   */
  String run(Collection<String> filters) throws IOException {
    List<String> removed = new ArrayList<>();
    for (Kind kind : KINDS) {
      Set<String> gone = new HashSet<>();
      boolean left = true;
      for (int i = 0; i < ATTEMPTS && left; i++) {
        if (i > 0) {
          task.sleep(PAUSE);
        }
        left = false;
        for (String filter : filters) {
          left |= leaves(kind, filter, gone);
        }
      }
      removed.add(gone.size() + " " + kind.word() + "(s)");
    }
    return "Removed " + String.join(", ", removed);
  }

  private boolean leaves(Kind kind, String filter, Set<String> gone) throws IOException {
    String path =
        kind.list() + "&filters=" + URLEncoder.encode(json(filter), StandardCharsets.UTF_8);
    boolean left = false;
    for (JsonValue each : list(engine.document(path))) {
      JsonObject object = each.asJsonObject();
      String id = object.getString(kind.identity());
      if (isReaper(object) || gone.contains(id)) {
        continue;
      }
      int status = engine.status("DELETE", kind.removal() + id + kind.options());
      if (status < 300 || status == 404) {
        gone.add(id);
      } else {
        left = true;
      }
    }
    return left;
  }

  /** Volumes come in an object of their own, and as null where there are none. */
  private static List<JsonValue> list(JsonStructure answer) {
    JsonValue list = answer instanceof JsonObject object ? object.get("Volumes") : answer;
    return list instanceof JsonArray array ? array : List.of();
  }

  private static boolean isReaper(JsonObject object) {
    return object.get("Labels") instanceof JsonObject labels && labels.containsKey(REAPER);
  }

  /** A query as the API wants filters. */
  static String json(String query) {
    Map<String, List<String>> values = new TreeMap<>();
    for (String part : query.split("&", -1)) {
      String[] pair = part.split("=", 2);
      values
          .computeIfAbsent(decode(pair[0]), _ -> new ArrayList<>())
          .add(pair.length > 1 ? decode(pair[1]) : "");
    }
    JsonObjectBuilder filters = JsonBuilders.object();
    values.forEach((name, all) -> filters.add(name, JsonBuilders.array(all)));
    return filters.build().toString();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
