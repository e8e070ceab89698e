package io.sockerless.backend.core.system;

import jakarta.json.JsonArray;

/**
 * What {@code GET /info} and {@code GET /system/df} ask the nouns for: the summaries of the Docker
 * API, with sizes. Each is asked only when a client wants it, since sizes are counted on disk.
 */
public interface Holdings {

  /** How many images there are. */
  int imageCount();

  /** The images, as {@code ImageSummary}. */
  JsonArray images();

  /** The bytes of all layers, each once. */
  long layersSize();

  /** The containers, as {@code ContainerSummary} with {@code SizeRw} and {@code SizeRootFs}. */
  JsonArray containers();

  /** The volumes, with {@code UsageData}. */
  JsonArray volumes();

  /** The steps that builds have cached, as {@code BuildCache}. */
  JsonArray buildCache();
}
