package io.sockerless.backend.core.registry;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image's manifest or an index of several, with the text that its digest is of.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image
 *     manifest</a>
 */
public record Manifest(String mediaType, Digest digest, String text, JsonObject document) {

  /** Docker's own manifest of one image. */
  public static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";

  /** Docker's own index. */
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  /** OCI's manifest of one image. */
  public static final String OCI = "application/vnd.oci.image.manifest.v1+json";

  /** OCI's index. */
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** All of them, as a registry is asked for them. */
  static final String ACCEPT = String.join(", ", DOCKER, DOCKER_LIST, OCI, OCI_INDEX);

  /**
   * Reads one.
   *
   * @param mediaType as it came; the text's own goes before it
   * @throws IOException for what is no manifest of a kind that we know
   */
  public static Manifest parse(String mediaType, String text) throws IOException {
    JsonObject document;
    try (JsonReader reader = JsonBuilders.reader(new StringReader(text))) {
      document = reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw new IOException("invalid manifest: no JSON object", e);
    }
    if (document.getInt("schemaVersion", 0) != 2) {
      throw new IOException(
          "unsupported manifest: schema version " + document.getInt("schemaVersion", 0));
    }
    String type = document.getString("mediaType", mediaType);
    boolean known =
        switch (type) {
          case DOCKER, DOCKER_LIST, OCI, OCI_INDEX -> true;
          default -> false;
        };
    if (!known) {
      type = document.containsKey("manifests") ? OCI_INDEX : OCI;
    }
    Manifest manifest = new Manifest(type, Digest.sha256(text), text, document);
    if (!manifest.isIndex()) {
      manifest.config();
    }
    return manifest;
  }

  /** Whether it names manifests and not layers. */
  public boolean isIndex() {
    return mediaType.equals(DOCKER_LIST) || mediaType.equals(OCI_INDEX);
  }

  /** The image's configuration. */
  public Descriptor config() throws IOException {
    if (document.get("config") instanceof JsonObject config) {
      return Descriptor.of(config);
    }
    throw new IOException("invalid manifest: no configuration");
  }

  /** The image's layers, the lowest first. */
  public List<Descriptor> layers() throws IOException {
    return descriptors("layers");
  }

  /** The manifests that an index names. */
  public List<Descriptor> manifests() throws IOException {
    return descriptors("manifests");
  }

  private List<Descriptor> descriptors(String name) throws IOException {
    List<Descriptor> descriptors = new ArrayList<>();
    if (document.get(name) instanceof JsonArray array) {
      for (JsonValue value : array) {
        if (!(value instanceof JsonObject object)) {
          throw new IOException("invalid manifest: " + name);
        }
        descriptors.add(Descriptor.of(object));
      }
    }
    return descriptors;
  }

  /**
   * The manifest of an index that fits a platform; WebAssembly serves where there is nothing else.
   *
   * @param exactly whether the platform was asked for, so that nothing else serves
   */
  public Optional<Descriptor> choose(Platform platform, boolean exactly) throws IOException {
    List<Descriptor> images = manifests().stream().filter(Manifest::isImage).toList();
    List<Platform> offered = images.stream().flatMap(image -> image.platform().stream()).toList();
    Optional<Platform> best = platform.choose(offered);
    if (best.isEmpty()
        && (!exactly || platform.isWasm())
        && !offered.isEmpty()
        && offered.stream().allMatch(Platform::isWasm)) {
      best = offered.stream().findFirst();
    }
    Optional<Platform> chosen = best;
    if (images.isEmpty() && manifests().size() == 1) {
      // An index of one image need not say what it is for.
      return manifests().stream().filter(only -> only.platform().isEmpty()).findFirst();
    }
    return images.stream()
        .filter(image -> chosen.isPresent() && image.platform().equals(chosen))
        .findFirst();
  }

  /** Attestations are listed among the images, for a platform that there is not. */
  private static boolean isImage(Descriptor descriptor) {
    return descriptor.platform().map(platform -> !platform.os().equals("unknown")).orElse(false);
  }
}
