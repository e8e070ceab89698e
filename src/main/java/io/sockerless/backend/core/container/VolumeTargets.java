package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Looks at what an image has where it wants volumes: none is laid over a file. */
final class VolumeTargets {

  /** As Go tells a folder in a file's mode. */
  private static final long FOLDER = 1L << 31;

  private final Specs specs;

  VolumeTargets(Specs specs) {
    this.specs = specs;
  }

  /**
   * Checks a container that is being made.
   *
   * @param unmounted the container as if nothing were mounted in it
   * @param mounts its mounts
   * @throws EngineException.Failure in dockerd's words
   */
  void check(ContainerRecord unmounted, JsonArray mounts) {
    List<String> targets =
        Documents.objects(mounts).stream()
            .filter(VolumeTargets::isAnonymous)
            .map(mount -> string(mount, "Destination"))
            .toList();
    if (targets.isEmpty() || unmounted.imageId().isEmpty()) {
      return;
    }
    ContainerFiles files = specs.files(unmounted);
    for (String target : targets) {
      if (isFile(files, target)) {
        throw new EngineException.Failure(
            500, "cannot mount volume over existing file, file exists " + target);
      }
    }
  }

  private static boolean isAnonymous(JsonObject mount) {
    return string(mount, "Type").equals("volume") && string(mount, "Name").matches("[0-9a-f]{64}");
  }

  private static boolean isFile(ContainerFiles files, String path) {
    try {
      ContainerFiles.PathStat stat = files.stat(path);
      ContainerFiles.PathStat found =
          stat.linkTarget().isEmpty() ? stat : files.stat(stat.linkTarget());
      return found.linkTarget().isEmpty() && (found.mode() & FOLDER) == 0;
    } catch (IOException e) {
      return false; // There is nothing yet.
    }
  }
}
