package io.sockerless.http;

import io.sockerless.console.ConsoleAgentsResource;
import io.sockerless.console.ConsoleIdentityResource;
import io.sockerless.console.ConsolePolicyResource;
import io.sockerless.engine.Engine;
import io.sockerless.metrics.MetricsResource;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Routers over the real resources, made without a container. */
public final class Routers {

  /** They show the server, and not an engine. */
  private static final Set<Class<?>> OF_THE_SERVER =
      Set.of(
          MetricsResource.class,
          ConsoleAgentsResource.class,
          ConsoleIdentityResource.class,
          ConsolePolicyResource.class);

  private static final class Types {
    static final List<Class<?>> ALL = find();
  }

  private Routers() {}

  /** A router over every resource that the engine alone can make. */
  public static Router of(Engine engine) {
    return new Router(resources(engine));
  }

  /** Every resource that the engine alone can make. */
  static List<ApiResource> resources(Engine engine) {
    List<ApiResource> resources = new ArrayList<>();
    for (Class<?> type : types()) {
      for (Constructor<?> constructor : type.getConstructors()) {
        if (List.of(constructor.getParameterTypes()).equals(List.of(Engine.class))) {
          resources.add(make(constructor, engine));
        }
      }
    }
    return resources;
  }

  /** Every resource class that serves an engine. */
  public static List<Class<?>> types() {
    return Types.ALL;
  }

  private static List<Class<?>> find() {
    try {
      Path classes =
          Path.of(Router.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(classes)) {
        return files
            .map(file -> classes.relativize(file).toString().replace('/', '.'))
            .filter(name -> name.endsWith("Resource.class"))
            .sorted()
            .<Class<?>>map(name -> load(name.replaceFirst("\\.class$", "")))
            .filter(type -> ApiResource.class.isAssignableFrom(type) && !type.isInterface())
            .filter(type -> !OF_THE_SERVER.contains(type))
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ApiResource make(Constructor<?> constructor, Engine engine) {
    try {
      return (ApiResource) constructor.newInstance(engine);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " failed", e);
    }
  }
}
