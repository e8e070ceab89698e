package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that a new container is to mount, read from the three places where the API has it. */
final class MountRequests {

  private MountRequests() {}

  /**
   * Reads {@code HostConfig.Binds}, {@code .Mounts} and {@code .Tmpfs}, which must not ask for one
   * place twice, and {@code Config.Volumes}, which gives way to all others.
   *
   * @param taken places that {@code VolumesFrom} has filled, for anonymous volumes to leave alone
   * @throws EngineException.InvalidParameter in Docker's words
   */
  static List<MountRequest> of(JsonObject config, JsonObject hostConfig, Set<String> taken) {
    List<MountRequest> requests = new ArrayList<>();
    Documents.strings(hostConfig, "Binds").forEach(text -> requests.add(MountRequest.bind(text)));
    Documents.objects(hostConfig, "Mounts")
        .forEach(mount -> requests.add(MountRequest.mount(mount)));
    Set<String> targets = tmpfs(hostConfig);
    for (MountRequest request : requests) {
      if (!targets.add(request.target())) {
        throw new EngineException.InvalidParameter("Duplicate mount point: " + request.target());
      }
    }
    targets.addAll(taken);
    for (String target : Documents.object(config, "Volumes").keySet()) {
      MountRequest anonymous = MountRequest.anonymous(target);
      if (targets.add(anonymous.target())) {
        requests.add(anonymous);
      }
    }
    return requests;
  }

  private static Set<String> tmpfs(JsonObject hostConfig) {
    Set<String> targets = new HashSet<>();
    for (Map.Entry<String, String> entry : Documents.map(hostConfig, "Tmpfs").entrySet()) {
      TmpfsOptions.parse(entry.getValue());
      if (!entry.getKey().startsWith("/")) {
        throw new EngineException.InvalidParameter(
            "invalid mount path: '" + entry.getKey() + "' mount path must be absolute");
      }
      String target = ContainerPaths.normal(entry.getKey());
      if (target.equals("/")) {
        throw new EngineException.InvalidParameter(
            "invalid specification: destination can't be '/'");
      }
      targets.add(target);
    }
    return targets;
  }
}
