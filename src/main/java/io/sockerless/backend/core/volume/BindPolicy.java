package io.sockerless.backend.core.volume;

import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Which folders of the host containers may mount. Paths are compared as they really are, so that a
 * symbolic link on the host leads nowhere that its target does not.
 *
 * @param allowed empty for all that the server's user may read
 * @param data the server's own folder, which no container may see
 */
public record BindPolicy(Optional<List<Path>> allowed, Path data) {

  /** The setting. */
  public static final String ALLOW = "sockerless.binds.allow";

  private static final String ALL = "all";
  private static final String NONE = "none";

  /**
   * Reads the setting: {@code all}, {@code none}, or folders separated by commas.
   *
   * @throws IllegalArgumentException for a folder that is not absolute
   */
  public static BindPolicy from(Config config, Path data) {
    String value = config.getOptionalValue(ALLOW, String.class).orElse(ALL).strip();
    return switch (value) {
      case ALL -> new BindPolicy(Optional.empty(), data);
      case NONE -> new BindPolicy(Optional.of(List.of()), data);
      default -> new BindPolicy(Optional.of(folders(value)), data);
    };
  }

  private static List<Path> folders(String value) {
    List<Path> folders =
        Arrays.stream(value.split(",", -1)).map(String::strip).map(Path::of).toList();
    folders.stream()
        .filter(folder -> !folder.isAbsolute())
        .findFirst()
        .ifPresent(folder -> {
          throw new IllegalArgumentException(
              ALLOW + ": '" + folder + "': an absolute folder, all or none is expected");
        });
    return folders;
  }

  /**
   * The real path of a folder or file that a container may mount, whether it is there already or
   * not.
   *
   * @throws EngineException.Forbidden if it may not be mounted
   */
  public Path check(String source) {
    Path real = real(Path.of(source).toAbsolutePath().normalize());
    if (real.startsWith(real(data.toAbsolutePath().normalize()))) {
      throw forbidden(source + " is in the server's own data folder, which no container may mount");
    }
    boolean allows =
        allowed
            .map(folders ->
                folders.stream().anyMatch(folder -> real.startsWith(real(folder.normalize()))))
            .orElse(true);
    if (!allows) {
      throw forbidden(source + " is outside of what the setting " + ALLOW + " allows");
    }
    return real;
  }

  private static EngineException forbidden(String reason) {
    return EngineException.of(403, "mount denied: the host path " + reason, Headers.empty());
  }

  /** Follows all links of what is there of the path. */
  private static Path real(Path path) {
    Path there = path;
    while (there != null) {
      try {
        Path real = there.toRealPath();
        return there.equals(path) ? real : real.resolve(there.relativize(path));
      } catch (IOException e) {
        if (Files.isSymbolicLink(there)) {
          throw forbidden(path + " leads through " + there + ", a link to nowhere");
        }
        there = there.getParent();
      }
    }
    return path;
  }
}
