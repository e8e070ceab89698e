package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.engine.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the images that a build begins with or copies from: its own stages, or others. */
final class Bases {

  private static final String NOTHING = "scratch";

  private final ImageSource images;
  private final BuildRequest request;
  private final BuildOutput output;
  private final List<Stage> stages = new ArrayList<>();

  Bases(ImageSource images, BuildRequest request, BuildOutput output) {
    this.images = images;
    this.request = request;
    this.output = output;
  }

  /** A stage is done, and others may use it. */
  void finished(Stage stage) {
    stages.add(stage);
  }

  /** Refuses the name of an earlier stage for another one. */
  void checkName(String name) {
    if (!name.isEmpty() && byName(name).isPresent()) {
      throw new EngineException.Failure(500, name + " stage name already used");
    }
  }

  /**
   * What a stage begins with: an earlier stage, nothing, or an image.
   *
   * @return empty for nothing
   */
  Optional<Image> find(String name, String platform) {
    Optional<Stage> stage = byName(name);
    if (stage.isPresent()) {
      return stage.get().image();
    }
    return name.equals(NOTHING)
        ? Optional.empty()
        : Optional.of(image(name, platform.isEmpty() ? request.platform() : platform));
  }

  /** What {@code COPY --from} names: a stage by its name or number, or an image. */
  Optional<Image> source(String name) {
    Optional<Stage> stage = byName(name);
    if (stage.isPresent()) {
      return stage.get().image();
    }
    if (!name.matches("[0-9]{1,9}")) {
      return Optional.of(sourceImage(name));
    }
    int index = Integer.parseInt(name);
    if (index >= stages.size()) {
      throw new EngineException.Failure(
          500,
          "invalid from flag value %s: %s"
              .formatted(
                  name,
                  index == stages.size()
                      ? "refers to current build stage"
                      : "index out of bounds"));
    }
    return stages.get(index).image();
  }

  private Image sourceImage(String name) {
    try {
      return image(name, request.platform());
    } catch (EngineException e) {
      throw e.within("invalid from flag value " + name);
    }
  }

  private Optional<Stage> byName(String name) {
    return stages.stream()
        .filter(stage -> !stage.name().isEmpty() && stage.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private Image image(String name, String platform) {
    Optional<Image> present = request.pulls() ? Optional.empty() : images.find(name, platform);
    return present.orElseGet(() -> images.pull(name, platform, request.call(), output::record));
  }
}
