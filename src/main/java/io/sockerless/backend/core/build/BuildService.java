package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.dockerfile.Dockerfile;
import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.image.BuildOperations;
import io.sockerless.backend.core.image.Progress;
import io.sockerless.backend.core.image.ProgressAnswer;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.store.Folders;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The classic builder: makes images of Dockerfiles, a step at a time, each in a container of its
 * own.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image/operation/ImageBuild">
 *     ImageBuild</a>
 */
public final class BuildService implements BuildOperations, AutoCloseable {

  private static final Logger LOG = System.getLogger(BuildService.class.getName());

  private final BuildServices services;
  private final StepCache cache;
  private final Downloads downloads = new Downloads();
  private final EventLog events;
  private final RunningBuilds running = new RunningBuilds();

  /**
   * Builds with these; contexts and the cache are kept in the store's folder.
   *
   * @param containers asked only when a step runs, as is the directory
   */
  public BuildService(
      Store store,
      DriverSet drivers,
      ImageSource images,
      Supplier<Containers> containers,
      Supplier<ContainerDirectory> directory,
      EventLog events) {
    this.events = events;
    cache = new StepCache(store.table("build-cache"), images);
    services =
        new BuildServices(
            drivers,
            images,
            containers,
            directory,
            cache,
            downloads,
            store.folder("build"),
            Clock.systemUTC());
  }

  /** Removes what builds of an earlier process left, whose containers must have ended by then. */
  public void start() {
    Containers containers = services.containers().get();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(services.folder())) {
      for (Path folder : folders) {
        ListedContainers.removeAbandoned(containers, folder);
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The build cache as {@code GET /system/df} lists it: nothing, as what the classic builder keeps
   * is images.
   */
  public JsonArray usage() {
    return JsonValue.EMPTY_JSON_ARRAY;
  }

  @Override
  public Answer build(Call call) {
    Cancellation cancellation = new Cancellation();
    call.cancellation().onCancel(cancellation::cancel);
    BuildRequest request = BuildRequest.of(call).with(cancellation);
    return ProgressAnswer.start("build", progress -> build(request, cancellation, progress));
  }

  private void build(BuildRequest request, Cancellation cancellation, Progress progress)
      throws IOException {
    Path folder = Files.createDirectory(services.folder().resolve(Ids.random()));
    running.begin(request.id(), cancellation);
    try {
      BuildContext context = BuildContext.load(request, downloads, folder);
      Dockerfile dockerfile = steps(request, Dockerfile.parse(context.dockerfile()));
      if (request.quiet()) {
        quietly(request, dockerfile, context, folder, progress);
      } else {
        BuildOutput output = new BuildOutput(progress);
        Image image = run(request, dockerfile, context, output);
        output.built(image.id());
        tag(request, image, output);
      }
    } catch (CommandFailure e) {
      new BuildOutput(progress).failed(e);
    } finally {
      running.end(request.id(), cancellation);
      Folders.delete(folder);
    }
  }

  private static Dockerfile steps(BuildRequest request, Dockerfile whole) {
    Dockerfile wanted =
        request.target().isEmpty()
            ? whole
            : whole
                .upTo(request.target())
                .orElseThrow(() ->
                    new EngineException.InvalidParameter(
                        "failed to reach build target " + request.target() + " in Dockerfile"));
    return wanted.with(request.labels());
  }

  private Image run(
      BuildRequest request, Dockerfile dockerfile, BuildContext context, BuildOutput output)
      throws IOException, CommandFailure {
    Image image =
        new Build(
                services,
                request,
                dockerfile,
                context.files(),
                output,
                request.call().cancellation())
            .run();
    LOG.log(Level.INFO, "build of image {0}: {1} steps", image.id(), dockerfile.steps());
    return image;
  }

  private void quietly(
      BuildRequest request,
      Dockerfile dockerfile,
      BuildContext context,
      Path folder,
      Progress progress)
      throws IOException, CommandFailure {
    try (QuietRecords records = new QuietRecords(folder.resolve("records"))) {
      BuildOutput output = new BuildOutput(records.progress());
      Image image;
      try {
        image = run(request, dockerfile, context, output);
      } catch (CommandFailure | IOException | EngineException e) {
        records.show(progress);
        throw e;
      }
      progress.stream(image.id() + "\n");
      tag(request, image, output);
    }
  }

  private void tag(BuildRequest request, Image image, BuildOutput output) throws IOException {
    for (ImageReference name : request.names()) {
      services.images().tag(image, name.toString());
      output.tagged(name.familiar());
    }
  }

  @Override
  public Answer pruneBuilds(Call call) {
    cache.prune();
    events.publish("builder", "prune", "", Map.of("reclaimed", "0"));
    return Answer.json(
        200,
        JsonBuilders.object()
            .add("CachesDeleted", JsonValue.NULL)
            .add("SpaceReclaimed", 0)
            .build());
  }

  @Override
  public Answer cancelBuild(Call call) {
    String id = call.query().first("id").orElse("");
    if (id.isEmpty()) {
      throw new EngineException.Failure(500, "build ID not provided");
    }
    running.cancel(id);
    return Answer.empty(200);
  }

  @Override
  public void close() {
    downloads.close();
  }
}
