package io.sockerless.backend.memory;

import io.sockerless.backend.core.image.BuildOperations;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;

/** No builds yet. */
final class NoBuilds implements BuildOperations {

  @Override
  public Answer build(Call call) {
    throw new EngineException.NotImplemented("the memory backend does not build images yet");
  }

  @Override
  public Answer pruneBuilds(Call call) {
    throw new EngineException.NotImplemented("the memory backend does not build images yet");
  }

  @Override
  public Answer cancelBuild(Call call) {
    throw new EngineException.NotImplemented("the memory backend does not build images yet");
  }
}
