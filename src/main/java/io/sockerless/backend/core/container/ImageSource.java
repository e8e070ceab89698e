package io.sockerless.backend.core.container;

import io.sockerless.engine.Call;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What containers, and builds, ask of images. */
public interface ImageSource {

  /**
   * The image of a name, a name with a digest, an id, or an unambiguous prefix of an id.
   *
   * @param platform {@code os/arch[/variant]}, empty for whichever there is
   */
  Optional<Image> find(String reference, String platform);

  /**
   * Pulls an image, with the caller's credentials ({@code X-Registry-Auth}) if the call has them.
   *
   * @throws io.sockerless.engine.EngineException.NotFound if no registry has it
   */
  default Image pull(String reference, String platform, Call call) {
    return pull(reference, platform, call, record -> {});
  }

  /**
   * The same for a client that is told how it goes.
   *
   * @param records takes the records of a pull's progress
   */
  Image pull(String reference, String platform, Call call, Records records);

  /** Where the records of a progress go. */
  @FunctionalInterface
  interface Records {
    /**
     * Takes the next record.
     *
     * @throws IOException if nobody is there any more
     */
    void accept(JsonObject record) throws IOException;
  }

  /** The layers as uncompressed tar files, the lowest first. */
  List<Path> layers(Image image);

  /**
   * Makes an image of another one and one layer more.
   *
   * @param parent empty for an image from nothing
   * @param document the new image's OCI configuration but for {@code rootfs} and {@code history},
   *     which are continued from the parent's
   * @param history the entry of this layer: {@code created_by}, {@code comment}, {@code author};
   *     its {@code empty_layer} is true where {@code layer} is empty
   * @param layer an uncompressed tar stream with whiteouts
   * @param name for it, as {@link #tag} would give it, from the moment that it is there; empty for
   *     none
   */
  Image commit(
      Optional<Image> parent,
      JsonObject document,
      JsonObject history,
      Optional<InputStream> layer,
      String name)
      throws IOException;

  /** The same without a name. */
  default Image commit(
      Optional<Image> parent, JsonObject document, JsonObject history, Optional<InputStream> layer)
      throws IOException {
    return commit(parent, document, history, layer, "");
  }

  /** The id of the image that one was built from here; empty if there is none. */
  default String parent(String imageId) {
    return "";
  }

  /** Gives an image one more name; the name leaves whatever had it. */
  void tag(Image image, String name);

  /** Makes sure that an image is not collected for as long as the container is there. */
  default void hold(Image image, String containerId) {}

  /** The bytes of an image's files, those that a later layer hides included. */
  long size(Image image);

  /** The container is gone, and needs its image no more. */
  default void release(String containerId) {}

  /**
   * An image.
   *
   * @param id {@code sha256:…} of the configuration
   * @param document the OCI image configuration, whole: {@code architecture}, {@code os}, {@code
   *     config}, {@code rootfs}, {@code history}, …
   * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
   *     configuration</a>
   */
  record Image(String id, JsonObject document) {

    /** What containers of it inherit; empty if it says nothing. */
    public JsonObject config() {
      return document.get("config") instanceof JsonObject config
          ? config
          : JsonValue.EMPTY_JSON_OBJECT;
    }
  }
}
