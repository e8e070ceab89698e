package io.sockerless.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The names of all operations of the port, read off its interfaces, so that a rule about one that
 * there is not can be refused.
 */
public final class Operations {

  private static final Map<String, Class<?>> NOUNS =
      Map.of(
          "containers",
          Containers.class,
          "execs",
          Execs.class,
          "images",
          Images.class,
          "networks",
          Networks.class,
          "volumes",
          Volumes.class,
          "system",
          SystemOperations.class,
          "plugins",
          Plugins.class,
          "swarm",
          Swarm.class);

  private static final SortedSet<String> NAMES = names();

  private Operations() {}

  /** Such as {@code containers.create}, in alphabetical order. */
  public static SortedSet<String> all() {
    return Collections.unmodifiableSortedSet(NAMES);
  }

  private static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    NOUNS.forEach((noun, type) ->
        Arrays.stream(type.getMethods())
            .forEach(method -> names.add(noun + "." + method.getName())));
    return names;
  }
}
