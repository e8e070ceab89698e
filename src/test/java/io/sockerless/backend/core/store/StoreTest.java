package io.sockerless.backend.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

  @TempDir private Path folder;

  private static JsonObject document(String value) {
    return Json.createObjectBuilder().add("value", value).build();
  }

  @Test
  void whatWasPutIsThereAfterTheProcessDied() throws IOException {
    Path copy = folder.resolve("copy");
    try (Store store = Store.open(folder.resolve("data"))) {
      Table table = store.table("things");
      table.put("a", document("1"));
      table.put("b", document("2"));
      table.remove("a");
      // What a killed process leaves is what is in the file now, without a close.
      Files.createDirectory(copy);
      Files.copy(folder.resolve("data/sockerless.db"), copy.resolve("sockerless.db"));
    }
    try (Store store = Store.open(copy)) {
      assertThat(store.table("things").ids()).containsExactly("b");
      assertThat(store.table("things").get("b")).contains(document("2"));
    }
  }

  @Test
  void changesThatBelongTogetherAreAllThereOrNone() throws IOException {
    Path half = Files.createDirectory(folder.resolve("half"));
    Path whole = Files.createDirectory(folder.resolve("whole"));
    try (Store store = Store.open(folder.resolve("data"))) {
      Table things = store.table("things");
      Table names = store.table("names");
      names.put("old", document("1"));
      Thread other = new Thread(() -> names.put("other", document("3")));
      store.commit(
          List.of(
              things.putting("a", document("1")),
              names.removing("old"),
              new Table.Edit(
                  false,
                  () -> {
                    other.start();
                    await()
                        .until(() ->
                            Set.of(Thread.State.WAITING, Thread.State.TERMINATED)
                                .contains(other.getState()));
                    copyOfFile(half);
                    return true;
                  })));
      copyOfFile(whole);
      await().until(() -> !other.isAlive());
    }
    try (Store store = Store.open(half)) {
      assertThat(store.table("things").ids()).isEmpty();
      assertThat(store.table("names").ids()).containsExactly("old");
    }
    try (Store store = Store.open(whole)) {
      assertThat(store.table("things").ids()).containsExactly("a");
      assertThat(store.table("names").ids()).doesNotContain("old");
    }
  }

  /** What a process that is killed now would leave. */
  private void copyOfFile(Path target) {
    try {
      Files.copy(folder.resolve("data/sockerless.db"), target.resolve("sockerless.db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSecondServerIsRefused() {
    Path data = folder.resolve("data");
    try (Store store = Store.open(data)) {
      assertThat(store.folder("logs")).isDirectory();
      assertThatThrownBy(() -> Store.open(data))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("another server uses the data folder " + data);
    }
  }

  @Test
  void tablesAreApart() {
    try (Store store = Store.open(folder)) {
      store.table("one").put("a", document("1"));
      assertThat(store.table("two").get("a")).isEmpty();
      assertThat(store.table("one").size()).isEqualTo(1);
    }
  }

  @Test
  void aThreadThatIsInterruptedDoesNoHarmToOthers() {
    try (Store store = Store.open(folder)) {
      Table table = store.table("things");
      Thread.currentThread().interrupt();
      table.put("a", document("1"));
      assertThat(Thread.interrupted()).isTrue();
      table.put("b", document("2"));
    }
    try (Store store = Store.open(folder)) {
      assertThat(store.table("things").ids()).containsExactly("a", "b");
    }
  }

  @Test
  void interruptsInTheMiddleOfWritesDoNoHarm() throws InterruptedException {
    try (Store store = Store.open(folder)) {
      Table table = store.table("things");
      AtomicInteger written = new AtomicInteger();
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 500; i++) {
                  table.put("w" + i, document("x".repeat(1000)));
                  written.incrementAndGet();
                }
              });
      while (writer.isAlive()) {
        writer.interrupt();
        table.put("other", document("1"));
      }
      writer.join();
      assertThat(written).hasValue(500);
    }
    try (Store store = Store.open(folder)) {
      assertThat(store.table("things").size()).isEqualTo(501);
    }
  }

  @Test
  void whatChangesHaveLeftBehindGoesFromTheFile() {
    Path file = folder.resolve("sockerless.db");
    try (Store store = Store.open(folder, Duration.ZERO, Duration.ofMillis(10))) {
      Table table = store.table("things");
      for (int i = 0; i < 2000; i++) {
        table.put(Integer.toHexString(i * 0x9e3779b9), document("x".repeat(1000)));
      }
      await().until(() -> file.toFile().length() < 10_000_000);
    }
    try (Store store = Store.open(folder)) {
      assertThat(store.table("things").size()).isEqualTo(2000);
    }
  }

  @Test
  void whoComesAfterTheEndIsToldSo() {
    Store store = Store.open(folder);
    Table table = store.table("things");
    store.close();
    assertThatThrownBy(() -> table.put("a", document("1")))
        .isInstanceOf(EngineException.Unavailable.class);
  }

  @Test
  void documentsThatTheLibraryWroteByItselfAreRead() {
    try (MVStore library = MVStore.open(folder.resolve("sockerless.db").toString())) {
      MVMap<String, byte[]> map = library.openMap("things");
      map.put("long", document("more than 15 bytes").toString().getBytes(UTF_8));
      map.put("short", "{}".getBytes(UTF_8));
    }
    try (Store store = Store.open(folder)) {
      assertThat(store.table("things").get("long")).contains(document("more than 15 bytes"));
      assertThat(store.table("things").get("short")).contains(JsonValue.EMPTY_JSON_OBJECT);
      store.table("things").put("short", JsonValue.EMPTY_JSON_OBJECT);
    }
    try (MVStore library = MVStore.open(folder.resolve("sockerless.db").toString())) {
      MVMap<String, byte[]> map = library.openMap("things");
      assertThat(map.get("short")).asString(UTF_8).isEqualTo("{}");
    }
  }
}
