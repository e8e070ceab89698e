package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.registry.Registries;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.backend.core.registry.RegistryLogin;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Images;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** All that has to do with images, put together. */
public final class ImageService implements AutoCloseable {

  private final Clock clock = Clock.systemUTC();
  private final Supplier<ContainerDirectory> containers;
  private final Registries registries;
  private final ContentStore content;
  private final ImageStore images;
  private final ImageEvents events;
  private final ImageHolds holds;
  private final ImagePuller puller;
  private final CoreImageSource source;
  private final ContentCollector collector;
  private final ManifestSummaries manifests;
  private final ImageListing listing;

  /**
   * Opens what the store has.
   *
   * @param containers asked for only once the service is in use
   * @param utilities the names of the commands that the embedded image is to have; without them it
   *     would be of no use, and is not there
   */
  public ImageService(
      Store store,
      RegistryConfig config,
      EventLog log,
      Supplier<ContainerDirectory> containers,
      Optional<Supplier<List<String>>> utilities) {
    this.containers = containers;
    registries = new Registries(config);
    content = new ContentStore(store.folder("content"));
    images = new ImageStore(store, clock);
    events = new ImageEvents(log);
    holds = new ImageHolds(store, containers);
    Optional<EmbeddedImage> embedded =
        utilities.filter(_ -> config.embedded()).map(names -> new EmbeddedImage(names, content));
    puller = new ImagePuller(registries, content, images, embedded, events);
    source = new CoreImageSource(images, content, holds, puller, events);
    collector = new ContentCollector(content, images, holds);
    manifests = new ManifestSummaries(content, containers);
    listing = new ImageListing(images, content, manifests, containers, clock);
  }

  /**
   * Removes what an earlier process left; containers must be listed by then.
   *
   * @param later looks for it where what is new may come meanwhile
   */
  public void start(Executor later) {
    content.forgetUnfinished();
    later.execute(collector::collect);
  }

  /** Images for containers and builds. */
  public ImageSource source() {
    return source;
  }

  /** The port's images. */
  public Images images(BuildOperations builds) {
    ImageRemover remover = new ImageRemover(images, holds, containers, events);
    return new CoreImages(
        images,
        listing,
        new ImageDocuments(images, content, manifests),
        remover,
        new ImagePruner(images, content, remover, containers, clock),
        collector,
        new ImageTransfers(
            puller,
            new ImagePusher(
                registries,
                content,
                images,
                new PushManifests(images, content, manifests),
                events)),
        new ImageArchives(
            images,
            content,
            collector,
            new ImageLoader(content, images, events),
            new ImageImporter(content, images, events, clock),
            events,
            registries::download),
        new RegistryQueries(registries),
        source,
        builds);
  }

  /**
   * Checks credentials, for {@code docker login}.
   *
   * @param authConfig the Docker API's {@code AuthConfig}
   * @return the identity token, empty if the registry gives none
   */
  public String login(JsonObject authConfig) {
    return new RegistryLogin(registries).login(authConfig);
  }

  /** How many images there are. */
  public int count() {
    return images.all().size();
  }

  /** The images as {@code GET /system/df} lists them. */
  public JsonArray usage() {
    return listing.usageList();
  }

  /** The bytes of all images' layers, each counted once, as {@code GET /system/df} tells. */
  public long layersSize() {
    return listing.layersSize();
  }

  @Override
  public void close() {
    registries.close();
  }
}
