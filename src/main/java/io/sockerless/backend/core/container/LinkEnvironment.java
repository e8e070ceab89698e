package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;
import static io.sockerless.backend.core.document.Documents.strings;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a container's processes are told of the containers that it is linked to, in variables: on
 * the default network, images of old find their database by them.
 *
 * @param container the other one
 * @param address of it
 * @param path the name of the container and the alias, {@code /web/db}
 * @see <a href="https://docs.docker.com/engine/network/links/#environment-variables">Legacy
 *     container links</a>
 */
record LinkEnvironment(ContainerRecord container, String address, String path) {

  /** A port that the other container has. */
  private record Port(int number, String protocol) {
    static Port of(String text) {
      String[] parts = text.split("/", 2);
      return new Port(
          Integer.parseInt(parts[0].split("-", 2)[0]), parts.length == 1 ? "tcp" : parts[1]);
    }
  }

  /** The variables, each with its value. */
  List<String> variables() {
    String alias =
        path.substring(path.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT).replace('-', '_');
    List<String> variables = new ArrayList<>();
    List<Port> ports = ports();
    if (!ports.isEmpty()) {
      variables.add(alias + "_PORT=" + url(ports.getFirst()));
    }
    for (Port port : ports) {
      String prefix =
          alias + "_PORT_" + port.number() + "_" + port.protocol().toUpperCase(Locale.ROOT);
      variables.add(prefix + "=" + url(port));
      variables.add(prefix + "_ADDR=" + address);
      variables.add(prefix + "_PORT=" + port.number());
      variables.add(prefix + "_PROTO=" + port.protocol());
    }
    variables.add(alias + "_NAME=" + path);
    for (String variable : strings(container.config(), "Env")) {
      String name = variable.split("=", 2)[0];
      if (variable.contains("=") && !name.equals("HOME") && !name.equals("PATH")) {
        variables.add(alias + "_ENV_" + variable);
      }
    }
    return variables;
  }

  private List<Port> ports() {
    return object(container.config(), "ExposedPorts").keySet().stream()
        .map(Port::of)
        .sorted(Comparator.comparingInt(Port::number).thenComparing(Port::protocol))
        .toList();
  }

  private String url(Port port) {
    return port.protocol() + "://" + address + ":" + port.number();
  }

  /** Whether links of a container are of this kind: on other networks they are but names. */
  static boolean applies(JsonObject hostConfig) {
    String mode = string(hostConfig, "NetworkMode");
    return mode.isEmpty() || mode.equals("default") || mode.equals("bridge");
  }
}
