package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.registry.Registries;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.backend.core.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** All that has to do with images, put together. */
public final class ImageService implements AutoCloseable {

  private final Registries registries;
  private final ContentStore content;
  private final ImageSource source;
  private final ContentCollector collector;

  /**
   * Opens what the store has.
   *
   * @param containers asked for only once the service is in use
   * @param utilities the names of the commands that the embedded image is to have
   */
  public ImageService(
      Store store,
      RegistryConfig config,
      EventLog log,
      Supplier<ContainerDirectory> containers,
      List<String> utilities) {
    registries = new Registries(config);
    content = new ContentStore(store.folder("content"));
    ImageStore images = new ImageStore(store, Clock.systemUTC());
    ImageHolds holds = new ImageHolds(store, containers);
    ImageEvents events = new ImageEvents(log);
    EmbeddedImage embedded = new EmbeddedImage(config.embedded(), utilities, content, images);
    ImagePuller puller = new ImagePuller(registries, content, images, embedded, events);
    source = new CoreImageSource(images, content, holds, puller, events);
    collector = new ContentCollector(content, images, holds);
  }

  /** Removes what an earlier process left; containers must be listed by then. */
  public void start() {
    content.forgetUnfinished();
    collector.collect();
  }

  /** Images for containers and builds. */
  public ImageSource source() {
    return source;
  }

  @Override
  public void close() {
    registries.close();
  }
}
