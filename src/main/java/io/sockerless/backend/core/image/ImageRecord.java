package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that is here.
 *
 * @param id the digest of the configuration
 * @param document the OCI configuration, whole
 * @param manifest the manifest that it was pulled with or last pushed with
 * @param parent the image that it was built from here, empty if there is none
 * @param size the bytes of its layers, unpacked
 * @param lastTagged when it got a name here
 */
record ImageRecord(
    Digest id,
    JsonObject document,
    Optional<Digest> manifest,
    String parent,
    long size,
    Optional<Instant> lastTagged) {

  /** Reads what {@link #stored} wrote. */
  static ImageRecord of(JsonObject stored) {
    return new ImageRecord(
        Digest.parse(stored.getString("Id")).orElseThrow(),
        stored.getJsonObject("Document"),
        Digest.parse(stored.getString("Manifest", "")),
        stored.getString("Parent"),
        stored.getJsonNumber("Size").longValue(),
        Optional.of(stored.getString("LastTagged", ""))
            .filter(text -> !text.isEmpty())
            .map(Instant::parse));
  }

  /** As the store keeps it. */
  JsonObject stored() {
    JsonObjectBuilder stored =
        JsonBuilders.object()
            .add("Id", id.toString())
            .add("Document", document)
            .add("Parent", parent)
            .add("Size", size);
    manifest.ifPresent(digest -> stored.add("Manifest", digest.toString()));
    lastTagged.ifPresent(time -> stored.add("LastTagged", time.toString()));
    return stored.build();
  }

  ImageRecord withManifest(Digest digest) {
    return new ImageRecord(id, document, Optional.of(digest), parent, size, lastTagged);
  }

  ImageRecord tagged(Instant time) {
    return new ImageRecord(id, document, manifest, parent, size, Optional.of(time));
  }

  /** As other nouns see it. */
  Image image() {
    return new Image(id.toString(), document);
  }

  /** The layers, the lowest first. */
  List<Digest> diffIds() {
    return diffIds(document);
  }

  /** The layers that an OCI configuration names, the lowest first. */
  static List<Digest> diffIds(JsonObject document) {
    List<Digest> diffIds = new ArrayList<>();
    if (document.get("rootfs") instanceof JsonObject rootfs
        && rootfs.get("diff_ids") instanceof JsonArray array) {
      array
          .getValuesAs(JsonString.class)
          .forEach(text -> Digest.parse(text.getString()).ifPresent(diffIds::add));
    }
    return diffIds;
  }

  Platform platform() {
    return Platform.of(document);
  }

  /** When it was made; the epoch if it does not say. */
  Instant created() {
    try {
      return OffsetDateTime.parse(document.getString("created", "")).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** What it says about itself. */
  Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    if (image().config().get("Labels") instanceof JsonObject object) {
      object.forEach((name, value) -> {
        if (value instanceof JsonString text) {
          labels.put(name, text.getString());
        }
      });
    }
    return labels;
  }
}
