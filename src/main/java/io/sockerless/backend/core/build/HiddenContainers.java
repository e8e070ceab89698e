package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.store.Folders;
import io.sockerless.backend.core.value.Ids;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes containers that are nothing but an image's files, for copies to and from it. As with
 * dockerd, which mounts layers for that, nobody lists them.
 */
final class HiddenContainers {

  private final BuildServices services;

  HiddenContainers(BuildServices services) {
    this.services = services;
  }

  /** One over an image's files, in which nothing is mounted and nothing runs. */
  StepContainer of(Optional<Image> image) throws IOException {
    String id = Ids.random();
    Path folder = Files.createDirectory(services.folder().resolve(id));
    image.ifPresent(it -> services.images().hold(it, id));
    ContainerSpec spec =
        new ContainerSpec(
            id,
            "build-" + Ids.abbreviate(id),
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_OBJECT,
            image.map(services.images()::layers).orElse(List.of()),
            List.of(),
            Files.createDirectory(folder.resolve("container")),
            Ids.abbreviate(id),
            Map.of(),
            List.of());
    return new Hidden(folder, spec);
  }

  private final class Hidden extends StepContainer {

    private final Path folder;
    private final ContainerSpec spec;

    private Hidden(Path folder, ContainerSpec spec) {
      super(folder);
      this.folder = folder;
      this.spec = spec;
    }

    @Override
    String id() {
      return spec.id();
    }

    @Override
    ContainerFiles files() {
      return services.drivers().filesystem(spec).files(spec);
    }

    @Override
    public void close() {
      services.drivers().lifecycle(spec).remove(spec);
      services.images().release(spec.id());
      Folders.delete(folder);
    }
  }
}
