package io.sockerless.backend.core.store;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.h2.mvstore.MVMap;

/** Documents by their id. A change is in the file when its method returns; reads take no lock. */
public final class Table {

  private final Store store;
  private final MVMap<String, byte[]> map;

  Table(Store store, MVMap<String, byte[]> map) {
    this.store = store;
    this.map = map;
  }

  /**
   * A change of a document.
   *
   * @param makesRoom whether less is stored after it
   * @param run makes it, and says whether anything is otherwise
   */
  record Edit(boolean makesRoom, BooleanSupplier run) {}

  /** The document of that id. */
  public Optional<JsonObject> get(String id) {
    return store.use(() -> Optional.ofNullable(map.get(id))).map(JsonBuilders::parse);
  }

  /**
   * Adds a document or replaces the one of that id.
   *
   * @throws EngineException.Failure if the disk has no room for it
   */
  public void put(String id, JsonObject document) {
    store.commit(List.of(putting(id, document)));
  }

  /**
   * Does so with several, or with none if the server is killed meanwhile.
   *
   * @throws EngineException.Failure if the disk has no room for them
   */
  public void putAll(Map<String, JsonObject> documents) {
    Changes changes = store.changes();
    documents.forEach((id, document) -> changes.put(this, id, document));
    changes.commit();
  }

  Edit putting(String id, JsonObject document) {
    byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
    return new Edit(
        false,
        () -> {
          map.put(id, bytes);
          return true;
        });
  }

  /**
   * Removes a document, if it is there.
   *
   * @throws EngineException.Failure if the disk is full to its end
   */
  public void remove(String id) {
    store.commit(List.of(removing(id)));
  }

  Edit removing(String id) {
    return new Edit(true, () -> map.remove(id) != null);
  }

  /** The ids at this moment, in order. */
  public List<String> ids() {
    return store.use(() -> List.copyOf(map.keySet()));
  }

  /** How many documents there are. */
  public int size() {
    return map.size();
  }

  /** Shows every document once, in the order of the ids, as they are at some moment meanwhile. */
  public void forEach(BiConsumer<String, JsonObject> action) {
    forEachStored((id, bytes) -> action.accept(id, JsonBuilders.parse(bytes)));
  }

  /** The same, each as it is stored: as JSON in UTF-8. Not to be changed. */
  public void forEachStored(BiConsumer<String, byte[]> action) {
    store.use(() -> {
      map.forEach(action);
      return true;
    });
  }
}
