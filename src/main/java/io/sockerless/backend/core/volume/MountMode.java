package io.sockerless.backend.core.volume;

import io.sockerless.engine.EngineException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind the last colon of a bind, such as {@code ro,z}: at most one word of each kind.
 *
 * @param text as it was written
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container">Docker
 *     Engine API, HostConfig.Binds</a>
 */
record MountMode(String text) {

  private static final List<Set<String>> KINDS =
      List.of(
          Set.of("ro", "rw"),
          Set.of("z", "Z"),
          Set.of("nocopy"),
          Set.of("shared", "slave", "private", "rshared", "rslave", "rprivate"),
          Set.of("consistent", "cached", "delegated"));

  /** How what is mounted in a bind later is seen elsewhere. */
  static final Set<String> PROPAGATIONS = KINDS.get(3);

  /**
   * Reads a mode.
   *
   * @throws EngineException.InvalidParameter if it is none
   */
  static MountMode parse(String text) {
    if (!isValid(text)) {
      throw new EngineException.InvalidParameter("invalid mode: " + text);
    }
    return new MountMode(text);
  }

  /**
   * Reads the mode of volumes that another container has, who has said all but whether they can be
   * written to.
   *
   * @throws EngineException.InvalidParameter if it is none
   */
  static MountMode parseInherited(String text) {
    MountMode mode = parse(text);
    if (mode.noCopy() || mode.hasPropagation()) {
      throw new EngineException.InvalidParameter("invalid mode: " + text);
    }
    return mode;
  }

  static boolean isValid(String text) {
    if (text.isEmpty()) {
      return true;
    }
    Set<Set<String>> seen = new HashSet<>();
    for (String word : words(text)) {
      Optional<Set<String>> kind = KINDS.stream().filter(it -> it.contains(word)).findFirst();
      if (kind.isEmpty() || !seen.add(kind.get())) {
        return false;
      }
    }
    return true;
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(",", -1));
  }

  boolean readOnly() {
    return words(text).contains("ro");
  }

  boolean noCopy() {
    return words(text).contains("nocopy");
  }

  /** Whether it says how mounts inside it spread. */
  boolean hasPropagation() {
    return words(text).stream().anyMatch(PROPAGATIONS::contains);
  }

  /** How mounts inside it spread; Docker's default if it says nothing. */
  String propagation() {
    return words(text).stream().filter(PROPAGATIONS::contains).findFirst().orElse("rprivate");
  }
}
