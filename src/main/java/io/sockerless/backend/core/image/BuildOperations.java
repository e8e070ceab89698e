package io.sockerless.backend.core.image;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;

/** What the Docker API counts among images' operations and a builder does. */
public interface BuildOperations {

  /** See {@link io.sockerless.engine.Images#build}. */
  Answer build(Call call);

  /** See {@link io.sockerless.engine.Images#pruneBuilds}. */
  Answer pruneBuilds(Call call);

  /** See {@link io.sockerless.engine.Images#cancelBuild}. */
  Answer cancelBuild(Call call);
}
