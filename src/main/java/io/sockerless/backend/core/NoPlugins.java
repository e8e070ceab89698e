package io.sockerless.backend.core;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Plugins;
import jakarta.json.JsonValue;

/** Managed plug-ins of a backend that has none: there are none to list, and none can be added. */
public final class NoPlugins implements Plugins {

  @Override
  public Answer list(Call call) {
    return Answer.json(200, JsonValue.EMPTY_JSON_ARRAY);
  }

  @Override
  public Answer privileges(Call call) {
    throw refusal();
  }

  @Override
  public Answer pull(Call call) {
    throw refusal();
  }

  @Override
  public Answer inspect(String name, Call call) {
    throw missing(name);
  }

  @Override
  public Answer remove(String name, Call call) {
    throw missing(name);
  }

  @Override
  public Answer enable(String name, Call call) {
    throw missing(name);
  }

  @Override
  public Answer disable(String name, Call call) {
    throw missing(name);
  }

  @Override
  public Answer upgrade(String name, Call call) {
    throw refusal();
  }

  @Override
  public Answer create(Call call) {
    throw refusal();
  }

  @Override
  public Answer push(String name, Call call) {
    throw refusal();
  }

  @Override
  public Answer set(String name, Call call) {
    throw refusal();
  }

  /** In dockerd's words, by which the docker command knows that a name is something else's. */
  private static EngineException missing(String name) {
    return new EngineException.NotFound("plugin \"" + name + "\" not found");
  }

  private static EngineException refusal() {
    return new EngineException.NotImplemented(
        "managed plug-ins are not served by this backend: they are programs for Linux that extend"
            + " Docker's daemon");
  }
}
