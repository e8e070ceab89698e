package io.sockerless.backend.core.build;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.store.Folders;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.AgentLabels;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the containers in which steps run, as any client would: they are listed, have events, and
 * are there afterwards if the build is asked to keep them. While a step runs, a folder is there
 * from which its container's name follows, so that the next server removes what a killed one left.
 */
final class ListedContainers {

  private static final JsonObject NO_LOG = JsonBuilders.object().add("Type", "none").build();

  private final BuildServices services;
  private final BuildRequest request;
  private final BuildOutput output;
  private final List<Listed> kept = new ArrayList<>();

  ListedContainers(BuildServices services, BuildRequest request, BuildOutput output) {
    this.services = services;
    this.request = request;
    this.output = output;
  }

  /**
   * Makes one, and tells of it.
   *
   * @param config the Docker API's {@code ContainerConfig}, which names the image
   */
  Listed create(JsonObject config) throws IOException {
    JsonObject hostConfig = DocumentChanges.with(request.hostConfig(), "LogConfig", NO_LOG);
    JsonObject document = DocumentChanges.with(withoutAgent(config), "HostConfig", hostConfig);
    Path scratch = Files.createDirectory(services.folder().resolve(Ids.random()));
    Listed container;
    try {
      container = new Listed(create(nameOf(scratch), document), scratch);
    } catch (RuntimeException e) {
      Folders.delete(scratch);
      throw e;
    }
    output.runningIn(container.id());
    return container;
  }

  private String create(String name, JsonObject document) {
    return containers()
        .create(call("name", name).with(document))
        .document()
        .asJsonObject()
        .getString("Id");
  }

  private static String nameOf(Path scratch) {
    return "build-" + Ids.abbreviate(scratch.getFileName().toString());
  }

  /**
   * Removes the container of a step that a killed server left with its folder.
   *
   * @param scratch any folder of a build
   */
  static void removeAbandoned(Containers containers, Path scratch) {
    try {
      containers.remove(nameOf(scratch), call("v", "1", "force", "1")).close();
    } catch (EngineException.NotFound e) {
      // The folder was of something else, or the step had not come so far.
    }
  }

  /** A step runs here, though an agent is to carry the containers of the image that comes of it. */
  private static JsonObject withoutAgent(JsonObject config) {
    JsonObject labels = Documents.object(config, "Labels");
    return labels.containsKey(AgentLabels.MODE)
        ? DocumentChanges.with(
            config, "Labels", JsonBuilders.object(labels).add(AgentLabels.MODE, "").build())
        : config;
  }

  /** Removes those that earlier steps left, if the build is to leave none in any case. */
  void end() throws IOException {
    if (request.removesAlways()) {
      for (Listed container : List.copyOf(kept)) {
        container.remove();
      }
    }
  }

  private Containers containers() {
    return services.containers().get();
  }

  private static Call call(String... parameters) {
    Query query = Query.none();
    for (int i = 0; i < parameters.length; i += 2) {
      query = query.and(parameters[i], parameters[i + 1]);
    }
    return Call.of(query);
  }

  /** One; it stays unless it is removed. */
  final class Listed extends StepContainer {

    private final String id;
    private final Path folder;

    private Listed(String id, Path scratch) {
      super(scratch);
      this.id = id;
      this.folder = scratch;
      kept.add(this);
    }

    @Override
    String id() {
      return id;
    }

    @Override
    ContainerFiles files() {
      return services.directory().get().files(id);
    }

    /**
     * Runs the command to its end and hands on what it prints.
     *
     * @return the exit code
     */
    int run(Cancellation cancellation) throws IOException {
      try (HijackedStream stream =
          containers().attach(id, call("stream", "1", "stdout", "1", "stderr", "1"))) {
        JsonObject exit;
        try (var waiting = containers().waitFor(id, call("condition", "next-exit"))) {
          start();
          cancellation.onCancel(this::kill);
          print(stream);
          exit = waiting.document().asJsonObject();
        }
        if (cancellation.isCancelled()) {
          remove();
          throw new IOException("context canceled");
        }
        return exit.getInt("StatusCode");
      }
    }

    private void start() {
      try {
        containers().start(id, call()).close();
      } catch (EngineException e) {
        throw new EngineException.Failure(500, e.text());
      }
    }

    /** A client that has left has no use for what goes on. */
    private void print(HijackedStream stream) throws IOException {
      try {
        new CommandOutput(output).copy(stream.output());
      } catch (IOException e) {
        remove();
        throw e;
      }
    }

    private void kill() {
      try {
        containers().kill(id, call()).close();
      } catch (EngineException.Conflict | EngineException.NotFound e) {
        // It has ended by itself.
      }
    }

    /** Removes it with its volumes, and tells so; nothing if somebody has already. */
    void remove() throws IOException {
      kept.remove(this);
      try {
        containers().remove(id, call("v", "1", "force", "1")).close();
        output.removed(id);
      } catch (EngineException.NotFound e) {
        // It is gone, which is what was wanted.
      }
    }

    @Override
    public void close() {
      Folders.delete(folder);
    }
  }
}
