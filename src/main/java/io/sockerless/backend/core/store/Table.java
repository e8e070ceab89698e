package io.sockerless.backend.core.store;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Documents by their id. A change is in the file when its method returns; reads take no lock. */
public final class Table {

  private final MVStore file;
  private final MVMap<String, byte[]> map;

  Table(MVStore file, MVMap<String, byte[]> map) {
    this.file = file;
    this.map = map;
  }

  /** The document of that id. */
  public Optional<JsonObject> get(String id) {
    return Optional.ofNullable(map.get(id)).map(Table::parse);
  }

  /** Adds a document or replaces the one of that id. */
  public void put(String id, JsonObject document) {
    map.put(id, document.toString().getBytes(StandardCharsets.UTF_8));
    file.commit();
  }

  /** Removes a document, if it is there. */
  public void remove(String id) {
    if (map.remove(id) != null) {
      file.commit();
    }
  }

  /** The ids at this moment, in order. */
  public List<String> ids() {
    return List.copyOf(map.keySet());
  }

  /** How many documents there are. */
  public int size() {
    return map.size();
  }

  /** Shows every document once, in the order of the ids, as they are at some moment meanwhile. */
  public void forEach(BiConsumer<String, JsonObject> action) {
    map.forEach((id, bytes) -> action.accept(id, parse(bytes)));
  }

  private static JsonObject parse(byte[] bytes) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    }
  }
}
