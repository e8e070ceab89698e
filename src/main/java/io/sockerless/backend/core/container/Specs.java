package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.string;
import static io.sockerless.backend.core.document.Documents.strings;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ProcessSpec;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says to drivers what a container is, and what its processes are given. */
public final class Specs {

  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String HOST_GATEWAY = "host-gateway";

  private final ContainerServices services;

  /** Asks these for what a container only names. */
  public Specs(ContainerServices services) {
    this.services = services;
  }

  /** The container as whatever runs it sees it. */
  public ContainerSpec of(ContainerRecord record) {
    List<NetworkEndpoint> networks =
        services.networks().endpoints(record.id(), record.name(), record.networks());
    return new ContainerSpec(
        record.id(),
        record.name(),
        record.config(),
        record.hostConfig(),
        layers(record),
        services.volumes().mountPoints(record.mounts(), record.hostConfig()),
        folder(record.id()),
        string(record.config(), "Hostname"),
        hosts(record, networks),
        networks);
  }

  /** The container as far as it must be known to be forgotten: its image may be gone. */
  ContainerSpec bare(ContainerRecord record) {
    return new ContainerSpec(
        record.id(),
        record.name(),
        record.config(),
        record.hostConfig(),
        List.of(),
        List.of(),
        folder(record.id()),
        string(record.config(), "Hostname"),
        Map.of(),
        List.of());
  }

  /** The container's files, whoever has them. */
  ContainerFiles files(ContainerRecord record) {
    ContainerSpec spec = of(record);
    return services.drivers().filesystem(spec).files(spec);
  }

  private List<Path> layers(ContainerRecord record) {
    if (record.imageId().isEmpty()) {
      return List.of();
    }
    return services
        .images()
        .find(record.imageId(), "")
        .map(services.images()::layers)
        .orElseThrow(() -> new EngineException.NotFound("No such image: " + record.imageId()));
  }

  private Path folder(String id) {
    Path folder = services.folder().resolve(id);
    try {
      // To make one that is there costs an exception.
      return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> hosts(ContainerRecord record, List<NetworkEndpoint> networks) {
    Map<String, String> hosts = new LinkedHashMap<>();
    for (String entry : strings(record.hostConfig(), "ExtraHosts")) {
      String[] parts = entry.split("[:=]", 2);
      if (parts.length == 2) {
        hosts.put(parts[0], address(parts[1], networks));
      }
    }
    if (LinkEnvironment.applies(record.hostConfig())) {
      Link.of(record.hostConfig()).forEach(link -> link(link, hosts));
    }
    return hosts;
  }

  private static String address(String given, List<NetworkEndpoint> networks) {
    return given.equals(HOST_GATEWAY) && !networks.isEmpty()
        ? networks.getFirst().gateway()
        : given;
  }

  /** A link of the old kind: the other's addresses by its name, its hostname and the alias. */
  private void link(Link link, Map<String, String> hosts) {
    services
        .registry()
        .find(link.target())
        .map(LiveContainer::current)
        .ifPresent(other -> {
          for (NetworkEndpoint endpoint :
              services.networks().endpoints(other.id(), other.name(), other.networks())) {
            hosts.putIfAbsent(other.name(), endpoint.address());
            hosts.putIfAbsent(link.alias(), endpoint.address());
            hosts.putIfAbsent(string(other.config(), "Hostname"), endpoint.address());
          }
        });
  }

  /** The container's first process. */
  ProcessSpec process(ContainerRecord record) {
    JsonArray size = Documents.array(record.hostConfig(), "ConsoleSize");
    String directory = string(record.config(), "WorkingDir");
    return new ProcessSpec(
        record.command(),
        environment(services, record, record.tty(), List.of()),
        directory.isEmpty() ? "/" : directory,
        string(record.config(), "User"),
        record.tty(),
        flag(record.config(), "OpenStdin"),
        flag(record.hostConfig(), "Privileged"),
        characters(size, 0),
        characters(size, 1));
  }

  private static List<String> linked(ContainerServices services, ContainerRecord record) {
    List<String> variables = new ArrayList<>();
    if (LinkEnvironment.applies(record.hostConfig())) {
      for (Link link : Link.of(record.hostConfig())) {
        services
            .registry()
            .find(link.target())
            .map(LiveContainer::current)
            .filter(other -> other.state().status().hasProcess())
            .ifPresent(other -> {
              services.networks().endpoints(other.id(), other.name(), other.networks()).stream()
                  .findFirst()
                  .map(
                      endpoint -> new LinkEnvironment(other, endpoint.address(), link.path(record)))
                  .ifPresent(linked -> variables.addAll(linked.variables()));
            });
      }
    }
    return variables;
  }

  /** Rows or columns of a {@code ConsoleSize}, 0 if it says nothing. */
  public static int characters(JsonArray size, int index) {
    return size.size() > index && size.get(index) instanceof JsonNumber number
        ? number.intValue()
        : 0;
  }

  /** The environment of a process in a container; later entries replace earlier ones. */
  public static List<String> environment(
      ContainerServices services, ContainerRecord record, boolean tty, List<String> more) {
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, PATH);
    put(entries, "HOSTNAME=" + string(record.config(), "Hostname"));
    if (tty) {
      put(entries, "TERM=xterm");
    }
    linked(services, record).forEach(entry -> put(entries, entry));
    strings(record.config(), "Env").forEach(entry -> put(entries, entry));
    more.forEach(entry -> put(entries, entry));
    return new ArrayList<>(entries.values());
  }

  /** A name without a value takes the variable away, as with dockerd. */
  private static void put(Map<String, String> entries, String entry) {
    String name = entry.split("=", 2)[0];
    if (entry.contains("=")) {
      entries.put(name, entry);
    } else {
      entries.remove(name);
    }
  }
}
