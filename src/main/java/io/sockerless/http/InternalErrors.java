package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The internal API's words for what is missing, the same on every backend: {@code No such
 * container: <id>}. A 404 alone does not tell what it is about (a start may miss a network, a copy
 * a file), so the backend is asked for the object; if that is there, its own words stand.
 */
public final class InternalErrors {

  private final Engine engine;

  /** Asks this engine. */
  public InternalErrors(Engine engine) {
    this.engine = engine;
  }

  /**
   * An object that an operation needs.
   *
   * @param kind in Docker's words
   * @param name an id or a name, as the client gave it
   * @param inspect finds it, or throws {@link EngineException.NotFound}
   */
  public record Subject(String kind, String name, Function<Call, Answer> inspect) {

    private boolean isMissing(Call call) {
      try {
        inspect.apply(call.follow(Query.none())).close();
        return false;
      } catch (EngineException.NotFound e) {
        return true;
      } catch (EngineException e) {
        return false;
      }
    }

    private EngineException missing() {
      return new EngineException.NotFound("No such " + kind + ": " + name);
    }
  }

  /** A container. */
  public Subject container(String id) {
    return new Subject("container", id, call -> engine.containers().inspect(id, call));
  }

  /** An image. */
  public Subject image(String name) {
    return new Subject("image", name, call -> engine.images().inspect(name, call));
  }

  /** A network. */
  public Subject network(String id) {
    return new Subject("network", id, call -> engine.networks().inspect(id, call));
  }

  /** A volume. */
  public Subject volume(String name) {
    return new Subject("volume", name, call -> engine.volumes().inspect(name, call));
  }

  /** An exec instance. */
  public Subject exec(String id) {
    return new Subject("exec instance", id, call -> engine.execs().inspect(id, call));
  }

  /** The operation, with a 404 that names the subject if it is that which is missing. */
  public Operation about(Subject subject, Operation operation) {
    return call -> about(List.of(subject), call, () -> operation.run(call));
  }

  /**
   * Runs an operation on several objects.
   *
   * @throws EngineException.NotFound naming the first one that is missing
   */
  public <T> T about(List<Subject> subjects, Call call, Supplier<T> operation) {
    try {
      return operation.get();
    } catch (EngineException.NotFound error) {
      for (Subject subject : subjects) {
        if (subject.isMissing(call)) {
          throw subject.missing();
        }
      }
      throw error;
    }
  }
}
