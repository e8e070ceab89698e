package io.sockerless.backend.core;

import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Execs;
import io.sockerless.engine.Images;
import io.sockerless.engine.Networks;
import io.sockerless.engine.SystemOperations;
import io.sockerless.engine.Volumes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a backend does differently from the core, noun by noun: each is given the core's own and
 * answers what is used in its place.
 */
public record Overrides(
    UnaryOperator<Containers> containers,
    UnaryOperator<Execs> execs,
    UnaryOperator<Images> images,
    UnaryOperator<Networks> networks,
    UnaryOperator<Volumes> volumes,
    UnaryOperator<SystemOperations> system) {

  /** Everything as the core has it. */
  public static Overrides none() {
    return new Overrides(
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  /** The same with containers done differently. */
  public Overrides withContainers(UnaryOperator<Containers> other) {
    return new Overrides(other, execs, images, networks, volumes, system);
  }

  /** The same with exec instances done differently. */
  public Overrides withExecs(UnaryOperator<Execs> other) {
    return new Overrides(containers, other, images, networks, volumes, system);
  }

  /** The same with images done differently. */
  public Overrides withImages(UnaryOperator<Images> other) {
    return new Overrides(containers, execs, other, networks, volumes, system);
  }

  /** The same with networks done differently. */
  public Overrides withNetworks(UnaryOperator<Networks> other) {
    return new Overrides(containers, execs, images, other, volumes, system);
  }

  /** The same with volumes done differently. */
  public Overrides withVolumes(UnaryOperator<Volumes> other) {
    return new Overrides(containers, execs, images, networks, other, system);
  }

  /** The same with the server itself done differently. */
  public Overrides withSystem(UnaryOperator<SystemOperations> other) {
    return new Overrides(containers, execs, images, networks, volumes, other);
  }

  /**
   * The core's operations of a noun but for those that an object has itself: a public method of the
   * same name and parameters. So an author writes down what differs, and nothing else.
   *
   * @param noun the port's interface
   * @param core what does all the rest
   * @param different an object of any class
   * @throws IllegalArgumentException if a method of it is none of the noun's: it would be ignored
   */
  public static <T> T replace(Class<T> noun, T core, Object different) {
    Map<String, Method> own =
        Arrays.stream(different.getClass().getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .collect(Collectors.toMap(Overrides::signature, method -> method));
    Set<String> known =
        Arrays.stream(noun.getMethods()).map(Overrides::signature).collect(Collectors.toSet());
    own.forEach((signature, method) -> {
      if (!known.contains(signature)) {
        throw new IllegalArgumentException(noun.getSimpleName() + " has no " + signature);
      }
      method.setAccessible(true);
    });
    return noun.cast(
        Proxy.newProxyInstance(
            noun.getClassLoader(),
            new Class<?>[] {noun},
            (proxy, method, arguments) -> {
              Method replacement = own.get(signature(method));
              return replacement == null
                  ? invoke(method, core, arguments)
                  : invoke(replacement, different, arguments);
            }));
  }

  /**
   * The same operations of a noun, but for those that are refused.
   *
   * @param noun the port's interface, each of whose methods ends with the call
   * @param core what does the rest
   * @param refusal by an operation's name and call: why it is not done, if it is not
   */
  static <T> T guard(
      Class<T> noun, T core, BiFunction<String, Call, Optional<EngineException>> refusal) {
    return noun.cast(
        Proxy.newProxyInstance(
            noun.getClassLoader(),
            new Class<?>[] {noun},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[arguments.length - 1] instanceof Call call) {
                Optional<EngineException> refused = refusal.apply(method.getName(), call);
                if (refused.isPresent()) {
                  throw refused.get();
                }
              }
              return invoke(method, core, arguments);
            }));
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
