package io.sockerless.backend.core;

import io.sockerless.engine.Call;
import io.sockerless.engine.Capabilities.Capability;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Execs;
import io.sockerless.engine.Images;
import io.sockerless.engine.Networks;
import io.sockerless.engine.SystemOperations;
import io.sockerless.engine.Volumes;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a backend has not: which operations that means, and that they say so. */
final class Absences {

  private final Map<Capability, String> reasons;

  private Absences(Map<Capability, String> reasons) {
    this.reasons = reasons;
  }

  /**
   * What a backend does differently, its absences included.
   *
   * @param reasons a sentence for each thing that is not there
   */
  static Overrides of(Map<Capability, String> reasons, Overrides different) {
    Absences absences = new Absences(reasons);
    return new Overrides(
        absences.after(different.containers(), Containers.class),
        absences.after(different.execs(), Execs.class),
        absences.after(different.images(), Images.class),
        absences.after(different.networks(), Networks.class),
        absences.after(different.volumes(), Volumes.class),
        absences.after(different.system(), SystemOperations.class));
  }

  private <T> UnaryOperator<T> after(UnaryOperator<T> different, Class<T> noun) {
    Map<String, Capability> refused = new HashMap<>();
    reasons
        .keySet()
        .forEach(capability ->
            operations(noun, capability).forEach(name -> refused.put(name, capability)));
    return refused.isEmpty()
        ? different
        : core ->
            Overrides.guard(
                noun,
                different.apply(core),
                (name, call) ->
                    Optional.ofNullable(refused.get(name))
                        .filter(capability -> concerns(capability, call))
                        .map(this::refusal));
  }

  /** A log that is only read needs less than one that is followed. */
  private static boolean concerns(Capability capability, Call call) {
    return capability != Capability.LOGS_FOLLOW || call.query().flag("follow");
  }

  private EngineException refusal(Capability capability) {
    return new EngineException.NotImplemented(reasons.getOrDefault(capability, ""));
  }

  /** Which operations of a noun need something. */
  private static Set<String> operations(Class<?> noun, Capability capability) {
    return switch (capability) {
      case EXEC -> noun == Execs.class ? all(noun) : Set.of();
      case ATTACH -> in(noun, Containers.class, "attach", "attachWebSocket");
      case LOGS, LOGS_FOLLOW -> in(noun, Containers.class, "logs");
      case VOLUMES -> in(noun, Volumes.class, "create");
      case NETWORKS -> in(noun, Networks.class, "create", "connect", "disconnect");
      case IMAGE_PULL -> in(noun, Images.class, "create");
      case IMAGE_LOAD -> in(noun, Images.class, "load");
      case IMAGE_BUILD -> in(noun, Images.class, "build");
      case ARCHIVE -> in(noun, Containers.class, "statPath", "getArchive", "putArchive");
      case STATS -> in(noun, Containers.class, "stats");
      case PAUSE -> in(noun, Containers.class, "pause", "unpause");
      case EVENTS -> in(noun, SystemOperations.class, "events");
      // A check is part of what a container is, and nobody asks for it by itself.
      case HEALTH_CHECKS -> Set.of();
    };
  }

  private static Set<String> in(Class<?> noun, Class<?> wanted, String... names) {
    return noun == wanted ? Set.of(names) : Set.of();
  }

  private static Set<String> all(Class<?> noun) {
    return Set.copyOf(Arrays.stream(noun.getMethods()).map(Method::getName).toList());
  }
}
