package io.sockerless.backend.core.driver;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs a container needs to know of it.
 *
 * @param id 64 hexadecimal digits
 * @param name without the slash
 * @param config the Docker API's {@code ContainerConfig}, merged with the image's, kept whole
 * @param hostConfig the Docker API's {@code HostConfig}, kept whole
 * @param layers the image's layers as uncompressed tar files, the lowest first
 * @param mounts what is mounted over the root, outer ones before those nested in them
 * @param folder the container's own folder on the host, for whatever its files are kept in
 * @param hostname as the container is to see it
 * @param hosts names that resolve inside besides the networks' own, to addresses ({@code
 *     --add-host}, the container itself), in the order that they were given in
 * @param networks the addresses by network name; what the container has is empty for {@code none}
 */
public record ContainerSpec(
    String id,
    String name,
    JsonObject config,
    JsonObject hostConfig,
    List<Path> layers,
    List<MountPoint> mounts,
    Path folder,
    String hostname,
    Map<String, String> hosts,
    List<NetworkEndpoint> networks) {

  /** Copies the lists. */
  public ContainerSpec {
    layers = List.copyOf(layers);
    mounts = List.copyOf(mounts);
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    networks = List.copyOf(networks);
  }
}
