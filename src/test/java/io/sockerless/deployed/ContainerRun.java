package io.sockerless.deployed;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarWriter;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A container of the sandbox's shell, run by calls of the port with no connection between. */
final class ContainerRun implements AutoCloseable {

  private static final String IMAGE = "deployed";

  private final Engine engine;
  private final String id;

  private ContainerRun(Engine engine, String id) {
    this.engine = engine;
    this.id = id;
  }

  /** Creates a container and starts it. */
  static ContainerRun of(Engine engine, String script) {
    engine
        .images()
        .create(Call.of(Query.none().and("fromSrc", "-").and("repo", IMAGE)).with(image()))
        .bytes();
    JsonObject document =
        JsonBuilders.object()
            .add("Image", IMAGE)
            .add("Cmd", JsonBuilders.array().add("sh").add("-c").add(script))
            .build();
    String id =
        engine.containers().create(call().with(document)).document().asJsonObject().getString("Id");
    engine.containers().start(id, call()).close();
    return new ContainerRun(engine, id);
  }

  String id() {
    return id;
  }

  /** Waits for its end, and answers the exit code. */
  int exitCode() {
    return engine.containers().waitFor(id, call()).document().asJsonObject().getInt("StatusCode");
  }

  /** All that it has written, each piece behind its header. */
  String logs() {
    Query both = Query.none().and("stdout", "1").and("stderr", "1");
    return new String(engine.containers().logs(id, Call.of(both)).bytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    engine.containers().remove(id, Call.of(Query.none().and("force", "1"))).close();
  }

  private static Call call() {
    return Call.of(Query.none());
  }

  /** An image that has the sandbox's shell, which is known by its name. */
  private static Body image() {
    byte[] binary = {0x7f, 'E', 'L', 'F'};
    TarEntry shell =
        new TarEntry(
            "bin/sh", TarEntry.Kind.FILE, 0755, 0, 0, Instant.EPOCH, "", 0, 0, binary.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.put(shell, new ByteArrayInputStream(binary));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Body.of(bytes.toByteArray());
  }
}
