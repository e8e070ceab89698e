package io.sockerless.backend.core.system;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.util.UUID;

/** Names a server for as long as its data folder lasts. */
final class ServerId {

  private static final String KEY = "server";

  private ServerId() {}

  static String of(Store store) {
    Table table = store.table("system");
    return table
        .get(KEY)
        .map(document -> Documents.string(document, "ID"))
        .orElseGet(() -> {
          String id = UUID.randomUUID().toString();
          JsonObject document = JsonBuilders.object().add("ID", id).build();
          table.put(KEY, document);
          return id;
        });
  }
}
