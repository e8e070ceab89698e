package io.sockerless.backend.core.network;

import io.sockerless.backend.core.Documents;
import io.sockerless.backend.core.Ids;
import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The old way for one container to find another: {@code name[:alias]}, resolved for the container
 * that has the link and for nobody else.
 *
 * @see <a href="https://docs.docker.com/engine/network/links/">Legacy container links</a>
 */
record Links(ContainerDirectory containers) {

  /**
   * The names to the addresses that they have on a network which both are on.
   *
   * @throws EngineException.NotFound if a container is not there
   * @throws EngineException.InvalidParameter if it does not run
   */
  Map<String, String> addresses(JsonObject hostConfig, JsonObject networks) {
    Set<String> links = new LinkedHashSet<>(Documents.strings(hostConfig, "Links"));
    for (String network : networks.keySet()) {
      links.addAll(Documents.strings(Documents.object(networks, network), "Links"));
    }
    Map<String, String> addresses = new LinkedHashMap<>();
    links.forEach(link -> add(link, networks, addresses));
    return addresses;
  }

  private void add(String link, JsonObject networks, Map<String, String> addresses) {
    int colon = link.indexOf(':');
    String name = withoutSlashes(colon < 0 ? link : link.substring(0, colon));
    String alias = withoutSlashes(colon < 0 ? link : link.substring(colon + 1));
    ContainerDirectory.Entry other = containers.resolve(name);
    if (!other.isRunning()) {
      throw new EngineException.InvalidParameter(
          "Cannot link to a non running container: /" + other.name() + " AS " + alias);
    }
    networks.keySet().stream()
        .map(network -> Documents.string(Documents.object(other.networks(), network), "IPAddress"))
        .filter(address -> !address.isEmpty())
        .findFirst()
        .ifPresent(address -> {
          addresses.put(alias, address);
          addresses.put(other.name(), address);
          addresses.put(Ids.abbreviate(other.id()), address);
        });
  }

  /** Inspect writes {@code /db:/web/alias}, which clients send back. */
  private static String withoutSlashes(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
