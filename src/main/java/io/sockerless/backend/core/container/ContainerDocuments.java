package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.DocumentChanges.array;
import static io.sockerless.backend.core.document.Documents.array;
import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.log.LogOptions;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The documents in which the Docker API shows a container: the whole one of inspect, and the
 * summary of a list.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerInspect">ContainerInspect</a>
 */
final class ContainerDocuments {

  private static final String DRIVER = "sockerless";

  private ContainerDocuments() {}

  /**
   * The whole document.
   *
   * @param hostConfig the record's, as clients are to see it
   */
  static JsonObject inspect(
      ContainerRecord record, JsonObject hostConfig, Path folder, List<String> execs) {
    List<String> command = record.command();
    boolean logged = LogOptions.of(object(record.hostConfig(), "LogConfig")).kept();
    boolean ran = !record.state().started().equals(ContainerState.NEVER);
    return JsonBuilders.object()
        .add("Id", record.id())
        .add("Created", record.created().toString())
        .add("Path", command.isEmpty() ? "" : command.getFirst())
        .add("Args", array(command.isEmpty() ? command : command.subList(1, command.size())))
        .add("State", record.state().document())
        .add("Image", record.imageId())
        .add("ResolvConfPath", "")
        .add("HostnamePath", "")
        .add("HostsPath", "")
        .add("LogPath", logged && ran ? ContainerLogs.folder(folder).toString() : "")
        .add("Name", "/" + record.name())
        .add("RestartCount", record.restarts())
        .add("Driver", DRIVER)
        .add("Platform", record.platform())
        .add("MountLabel", "")
        .add("ProcessLabel", "")
        .add("AppArmorProfile", "")
        .add("ExecIDs", execs.isEmpty() ? JsonValue.NULL : array(execs))
        .add("HostConfig", hostConfig)
        .add("GraphDriver", graphDriver())
        .add("Mounts", mounts(record))
        .add("Config", record.config())
        .add("NetworkSettings", networkSettings(record))
        .build();
  }

  private static JsonObject graphDriver() {
    return JsonBuilders.object().add("Name", DRIVER).addNull("Data").build();
  }

  /** The endpoint on the default bridge is told twice, as it was before there were networks. */
  private static JsonObject networkSettings(ContainerRecord record) {
    JsonObject bridge = object(record.networks(), "bridge");
    JsonObjectBuilder settings =
        JsonBuilders.object()
            .add("Bridge", "")
            .add("SandboxID", record.state().status().hasProcess() ? record.id() : "")
            .add("SandboxKey", "")
            .add("Ports", record.ports())
            .add("HairpinMode", false)
            .add("LinkLocalIPv6Address", "")
            .add("LinkLocalIPv6PrefixLen", 0)
            .addNull("SecondaryIPAddresses")
            .addNull("SecondaryIPv6Addresses");
    for (String name :
        List.of(
            "EndpointID",
            "Gateway",
            "GlobalIPv6Address",
            "IPAddress",
            "IPv6Gateway",
            "MacAddress")) {
      settings.add(name, string(bridge, name));
    }
    for (String name : List.of("GlobalIPv6PrefixLen", "IPPrefixLen")) {
      settings.add(name, Documents.number(bridge, name));
    }
    return settings.add("Networks", record.networks()).build();
  }

  /** Those of most containers are shown as they are kept. */
  private static JsonArray mounts(ContainerRecord record) {
    List<JsonObject> kept = Documents.objects(record.mounts());
    if (kept.stream().noneMatch(mount -> mount.containsKey(VolumeSource.COPIES))) {
      return record.mounts();
    }
    JsonArrayBuilder shown = JsonBuilders.array();
    kept.forEach(mount -> shown.add(DocumentChanges.without(mount, VolumeSource.COPIES)));
    return shown.build();
  }

  /**
   * The summary, under all names of the container.
   *
   * @param image what the image is called
   */
  static JsonObject summary(ContainerRecord record, String image, List<String> names, Instant now) {
    JsonObject hostConfig = record.hostConfig();
    return JsonBuilders.object()
        .add("Id", record.id())
        .add("Names", array(names))
        .add("Image", image)
        .add("ImageID", record.imageId())
        .add("Command", commandLine(record.command()))
        .add("Created", record.created().getEpochSecond())
        .add("Ports", ports(record))
        .add("Labels", object(record.config(), "Labels"))
        .add("State", record.state().status().text())
        .add("Status", StatusText.of(record.state(), now))
        .add(
            "HostConfig",
            JsonBuilders.object().add("NetworkMode", string(hostConfig, "NetworkMode")))
        .add("NetworkSettings", JsonBuilders.object().add("Networks", record.networks()))
        .add("Mounts", mounts(record))
        .build();
  }

  private static String commandLine(List<String> command) {
    StringBuilder line = new StringBuilder();
    for (String word : command) {
      line.append(line.isEmpty() ? "" : " ");
      boolean spaced = word.indexOf(' ') >= 0 && !line.isEmpty();
      line.append(spaced ? "'" + word + "'" : word);
    }
    return line.toString();
  }

  /** The published ports of one that runs, and those that are only exposed. */
  private static JsonArray ports(ContainerRecord record) {
    JsonArrayBuilder ports = JsonBuilders.array();
    if (!record.state().status().hasProcess()) {
      return ports.build();
    }
    JsonObject published = record.ports();
    published.forEach((port, bindings) -> {
      if (bindings instanceof JsonArray array && !array.isEmpty()) {
        array
            .getValuesAs(JsonObject.class)
            .forEach(binding ->
                ports.add(
                    port(port)
                        .add("IP", string(binding, "HostIp"))
                        .add("PublicPort", publicPort(binding))));
      } else {
        ports.add(port(port));
      }
    });
    object(record.config(), "ExposedPorts").keySet().stream()
        .filter(port -> !published.containsKey(port))
        .forEach(port -> ports.add(port(port)));
    return ports.build();
  }

  private static int publicPort(JsonObject binding) {
    String port = string(binding, "HostPort");
    return port.isEmpty() ? 0 : Integer.parseInt(port);
  }

  private static JsonObjectBuilder port(String port) {
    String[] parts = port.split("/", 2);
    String number = parts[0].split("-", 2)[0];
    return JsonBuilders.object()
        .add("PrivatePort", Integer.parseInt(number))
        .add("Type", parts.length == 1 ? "tcp" : parts[1]);
  }
}
