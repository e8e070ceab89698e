package io.sockerless.backend.core;

import io.sockerless.backend.core.build.BuildService;
import io.sockerless.backend.core.image.ImageService;
import io.sockerless.backend.core.system.Holdings;
import io.sockerless.backend.core.volume.CoreVolumes;
import io.sockerless.engine.Call;
import io.sockerless.engine.Query;
import jakarta.json.JsonArray;

/** What the server holds, asked of the nouns. */
final class EngineHoldings implements Holdings {

  private static final Query WITH_SIZES = Query.none().and("all", "1").and("size", "1");

  private final Late<CoreEngine> engine;
  private final ImageService images;
  private final CoreVolumes volumes;
  private final BuildService builds;

  EngineHoldings(
      Late<CoreEngine> engine, ImageService images, CoreVolumes volumes, BuildService builds) {
    this.engine = engine;
    this.images = images;
    this.volumes = volumes;
    this.builds = builds;
  }

  @Override
  public int imageCount() {
    return images.usage().size();
  }

  @Override
  public JsonArray images() {
    return images.usage();
  }

  @Override
  public long layersSize() {
    return images.layersSize();
  }

  @Override
  public JsonArray containers() {
    return engine.get().containers().list(Call.of(WITH_SIZES)).document().asJsonArray();
  }

  @Override
  public JsonArray volumes() {
    return volumes.usage();
  }

  @Override
  public JsonArray buildCache() {
    return builds.usage();
  }
}
