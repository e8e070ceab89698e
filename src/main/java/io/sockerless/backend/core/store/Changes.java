package io.sockerless.backend.core.store;

import io.sockerless.backend.core.store.Table.Edit;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of several documents, in any tables of a store, that belong together: a server that is
 * killed has made all of them or none. Not safe for use by several threads at once.
 */
public final class Changes {

  private final Store store;
  private final List<Edit> edits = new ArrayList<>();

  Changes(Store store) {
    this.store = store;
  }

  /** Adds a document or replaces the one of that id. */
  public void put(Table table, String id, JsonObject document) {
    edits.add(table.putting(id, document));
  }

  /** Removes a document, if it is there. */
  public void remove(Table table, String id) {
    edits.add(table.removing(id));
  }

  /**
   * Makes all that was asked for since the last time; all of it is in the file when this returns.
   *
   * @throws io.sockerless.engine.EngineException.Failure if the disk has no room for it, in which
   *     case nothing has changed
   */
  public void commit() {
    if (edits.isEmpty()) {
      return;
    }
    List<Edit> due = List.copyOf(edits);
    edits.clear();
    store.commit(due);
  }
}
