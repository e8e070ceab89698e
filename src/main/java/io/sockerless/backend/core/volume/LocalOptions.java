package io.sockerless.backend.core.volume;

import io.sockerless.engine.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the driver {@code local} is told of a volume: nothing, a bind of a host folder, or memory.
 *
 * @param device the host's folder of a bind; empty for the others
 * @param memory how it is to be if it is memory, which is empty again when no container uses it any
 *     more
 * @param sizeLimit in bytes, 0 for none
 * @see <a href="https://docs.docker.com/reference/cli/docker/volume/create/#opt">docker volume
 *     create, driver-specific options</a>
 */
record LocalOptions(Optional<String> device, Optional<TmpfsOptions> memory, long sizeLimit) {

  private static final Set<String> KNOWN = Set.of("type", "o", "device", "size");

  /**
   * Reads the options.
   *
   * @throws EngineException.InvalidParameter for an option that the driver has not
   * @throws EngineException.NotImplemented for a file system that only a kernel could mount
   */
  static LocalOptions of(String volume, Map<String, String> options) {
    for (String name : options.keySet()) {
      if (!KNOWN.contains(name)) {
        throw invalid(volume, "invalid option: \"" + name + "\"");
      }
    }
    long size = Sizes.parse(options.getOrDefault("size", "0"));
    String type = options.getOrDefault("type", "");
    String device = options.getOrDefault("device", "");
    List<String> flags = Arrays.asList(options.getOrDefault("o", "").split(",", -1));
    if (type.isEmpty() && device.isEmpty() && options.getOrDefault("o", "").isEmpty()) {
      return new LocalOptions(Optional.empty(), Optional.empty(), size);
    }
    if (device.isEmpty()) {
      throw invalid(volume, "missing required option: \"device\"");
    }
    if (type.isEmpty()) {
      throw invalid(volume, "missing required option: \"type\"");
    }
    if (type.equals("tmpfs")) {
      TmpfsOptions memory = TmpfsOptions.ofVolume(flags, size);
      return new LocalOptions(Optional.empty(), Optional.of(memory), memory.sizeLimit());
    }
    if (flags.contains("bind") || flags.contains("rbind")) {
      return new LocalOptions(Optional.of(device), Optional.empty(), 0);
    }
    throw new EngineException.NotImplemented(
        "create %s: mounting a file system of type \"%s\" takes a kernel; this backend has binds"
                .formatted(volume, type)
            + " (type=none,o=bind,device=/folder) and type=tmpfs");
  }

  private static EngineException invalid(String volume, String reason) {
    return new EngineException.InvalidParameter("create " + volume + ": " + reason);
  }
}
