package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.FakeRegistry;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts images into a {@link FakeRegistry}. */
final class RegistryImages {

  static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private RegistryImages() {}

  /** An image of one layer, which is sent as {@code packed}. */
  static Manifest put(
      FakeRegistry registry, String tag, String platform, byte[] layer, byte[] packed)
      throws IOException {
    Descriptor blob = registry.blob(LAYER, packed);
    MessageDigest hash = Digest.sha256();
    hash.update(layer);
    return put(registry, tag, platform, blob, Digest.sha256(hash));
  }

  /** An image of one layer that is there already. */
  static Manifest put(
      FakeRegistry registry, String tag, String platform, Descriptor layer, Digest diffId)
      throws IOException {
    Platform made = Platform.parse(platform);
    String config =
        "{\"os\":\"%s\",\"architecture\":\"%s\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
            .formatted(made.os(), made.architecture(), diffId);
    Descriptor configBlob =
        registry.blob(
            "application/vnd.oci.image.config.v1+json", config.getBytes(StandardCharsets.UTF_8));
    return registry.manifest(
        "team/app",
        tag,
        Manifest.OCI,
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
            .formatted(configBlob.document(), layer.document()));
  }

  /** An index of images. */
  static Manifest index(FakeRegistry registry, String tag, Manifest... images) throws IOException {
    String entries =
        Stream.of(images).map(image -> entry(registry, image)).collect(Collectors.joining(","));
    return registry.manifest(
        "team/app",
        tag,
        Manifest.OCI_INDEX,
        "{\"schemaVersion\":2,\"manifests\":[" + entries + "]}");
  }

  private static String entry(FakeRegistry registry, Manifest image) {
    try {
      String config =
          new String(registry.blob(image.config().digest()).orElseThrow(), StandardCharsets.UTF_8);
      Platform platform = Platform.of(ImagePuller.document(config));
      return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}"
          .formatted(
              Manifest.OCI,
              image.digest(),
              image.text().length(),
              platform.os(),
              platform.architecture());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
