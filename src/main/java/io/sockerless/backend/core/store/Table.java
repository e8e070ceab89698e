package io.sockerless.backend.core.store;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Documents by their id. A change is in the file when its method returns; reads take no lock. */
public final class Table {

  private final MVStore file;
  private final MVMap<String, byte[]> map;
  private final Room room;

  Table(MVStore file, MVMap<String, byte[]> map, Room room) {
    this.file = file;
    this.map = map;
    this.room = room;
  }

  /** The document of that id. */
  public Optional<JsonObject> get(String id) {
    return use(() -> Optional.ofNullable(map.get(id))).map(JsonBuilders::parse);
  }

  /**
   * Adds a document or replaces the one of that id.
   *
   * @throws EngineException.Failure if the disk has no room for it
   */
  public void put(String id, JsonObject document) {
    byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
    room.forChange();
    use(() -> {
      map.put(id, bytes);
      return file.commit();
    });
  }

  /**
   * Removes a document, if it is there.
   *
   * @throws EngineException.Failure if the disk is full to its end
   */
  public void remove(String id) {
    room.forRemoval();
    use(() -> map.remove(id) == null ? 0 : file.commit());
  }

  /** The ids at this moment, in order. */
  public List<String> ids() {
    return use(() -> List.copyOf(map.keySet()));
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
    use(() -> {
      map.forEach(action);
      return true;
    });
  }

  /** Who comes after the end of the server is told so. */
  private <T> T use(Supplier<T> action) {
    try {
      return action.get();
    } catch (MVStoreException e) {
      throw file.isClosed() ? new EngineException.Unavailable("the server is stopping") : e;
    }
  }
}
