package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerFiles.Change;
import io.sockerless.backend.core.driver.ContainerFiles.PathStat;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import io.sockerless.stream.ProducedBody;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * Copies files into containers and out of them, whether they run or not. What is wrong is said of a
 * container under the name that the client has for it.
 */
final class ContainerArchive {

  private static final String STAT = "X-Docker-Container-Path-Stat";
  private static final String TAR = "application/x-tar";

  private final ContainerServices services;
  private final Specs specs;

  ContainerArchive(ContainerServices services, Specs specs) {
    this.services = services;
    this.specs = specs;
  }

  private ContainerFiles files(LiveContainer container) {
    return specs.files(container.current());
  }

  Answer stat(String name, LiveContainer container, Call call) {
    String path = path(call.query());
    PathStat stat = stat(name, files(container), path);
    return new Answer(
        200, "", Headers.of(STAT, encode(stat)), InputStream.nullInputStream(), 0, () -> {});
  }

  Answer get(String name, LiveContainer container, Call call) {
    String path = path(call.query());
    ContainerFiles files = files(container);
    files.requireContents();
    PathStat stat = stat(name, files, path);
    services.events().publish(container.current(), "archive-path");
    return ProducedBody.answer(
        200,
        Headers.of("Content-Type", TAR, STAT, encode(stat)),
        call.cancellation(),
        body -> files.getArchive(path, body));
  }

  Answer put(String name, LiveContainer container, Call call) {
    Query query = call.query();
    String path = path(query);
    ContainerFiles files = files(container);
    try {
      files.putArchive(
          path, call.body().stream(), query.flag("noOverwriteDirNonDir"), query.flag("copyUIDGID"));
    } catch (IOException e) {
      throw refusal(name, path, e);
    }
    services.events().publish(container.current(), "extract-to-dir");
    return Answer.empty(200);
  }

  private static String path(Query query) {
    return query
        .first("path")
        .filter(path -> !path.isEmpty())
        .orElseThrow(
            () -> new EngineException.InvalidParameter("bad parameter: 'path' cannot be empty"));
  }

  private static PathStat stat(String name, ContainerFiles files, String path) {
    try {
      return files.stat(path);
    } catch (IOException e) {
      throw refusal(name, path, e);
    }
  }

  private static EngineException refusal(String name, String path, IOException error) {
    return switch (error) {
      case NoSuchFileException missing ->
          new EngineException.NotFound("Could not find the file " + path + " in container " + name);
      case NotDirectoryException file ->
          new EngineException.InvalidParameter("extraction point is not a directory");
      case ZipException broken -> new EngineException.InvalidParameter(text(error));
      default ->
          error.getCause() instanceof ReadOnlyFileSystemException
              ? EngineException.of(403, text(error), Headers.empty())
              : new EngineException.Failure(500, text(error));
    };
  }

  private static String text(IOException error) {
    return String.valueOf(error.getMessage());
  }

  private static String encode(PathStat stat) {
    JsonObject document =
        JsonBuilders.object()
            .add("name", stat.name())
            .add("size", stat.size())
            .add("mode", stat.mode())
            .add("mtime", stat.modified().toString())
            .add("linkTarget", stat.linkTarget())
            .build();
    return Base64.getEncoder().encodeToString(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  Answer changes(LiveContainer container) {
    try {
      JsonArrayBuilder changes = JsonBuilders.array();
      for (Change change : files(container).changes()) {
        changes.add(
            JsonBuilders.object().add("Path", change.path()).add("Kind", number(change.kind())));
      }
      return Answer.json(200, changes.build());
    } catch (IOException e) {
      throw new EngineException.Failure(500, text(e));
    }
  }

  private static int number(Change.Kind kind) {
    return switch (kind) {
      case MODIFIED -> 0;
      case ADDED -> 1;
      case DELETED -> 2;
    };
  }

  Answer export(LiveContainer container, Call call) {
    ContainerFiles files = files(container);
    files.requireContents();
    services.events().publish(container.current(), "export", Map.of());
    return ProducedBody.answer(
        200,
        Headers.of("Content-Type", "application/octet-stream"),
        call.cancellation(),
        files::export);
  }
}
