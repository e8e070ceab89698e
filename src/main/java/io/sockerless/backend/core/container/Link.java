package io.sockerless.backend.core.container;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.JoinedContainer;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A link of the old kind, from one container to another. What is stored names the other by its id,
 * so that the link outlives the other's name.
 *
 * @param target the other container, by id or name
 * @param alias the name that it has for the first
 */
record Link(String target, String alias) {

  private static final String FIELD = "Links";

  /** The links of a {@code HostConfig}. */
  static List<Link> of(JsonObject hostConfig) {
    return Documents.strings(hostConfig, FIELD).stream().map(Link::parse).toList();
  }

  /** The links of this kind that a container has, each target by its id. */
  static List<Link> stored(ContainerRecord record) {
    JsonObject hostConfig = record.hostConfig();
    return LinkEnvironment.applies(hostConfig) ? of(hostConfig) : List.of();
  }

  /** The link of this kind that a container has by that alias. */
  static Optional<Link> find(ContainerRecord record, String alias) {
    return stored(record).stream().filter(link -> link.alias().equals(alias)).findFirst();
  }

  /** A {@code HostConfig} without the link of that alias. */
  static JsonObject without(JsonObject hostConfig, String alias) {
    List<String> left =
        of(hostConfig).stream()
            .filter(link -> !link.alias().equals(alias))
            .map(link -> link.target() + ":" + link.alias())
            .toList();
    return DocumentChanges.with(
        hostConfig, FIELD, left.isEmpty() ? JsonValue.NULL : DocumentChanges.array(left));
  }

  /**
   * Reads {@code target}, {@code target:alias}, or {@code /target:/container/alias}, which clients
   * have from an inspect and send to make the container anew.
   */
  private static Link parse(String text) {
    String[] parts = text.split(":", 2);
    String target = parts[0].startsWith("/") ? parts[0].substring(1) : parts[0];
    String alias = parts.length == 1 ? target : parts[1];
    return new Link(target, alias.substring(alias.lastIndexOf('/') + 1));
  }

  /**
   * Checks that a container that is about to start finds the others that it is linked to.
   *
   * @throws EngineException.Failure in dockerd's words, if one does not run, or is on other
   *     networks alone
   */
  static void check(
      ContainerRecord record, Function<String, Optional<ContainerRecord>> containers) {
    if (!LinkEnvironment.applies(record.hostConfig())) {
      return;
    }
    for (Link link : of(record.hostConfig())) {
      Optional<ContainerRecord> other = containers.apply(link.target());
      if (other.isPresent()
          && owner(other.get(), containers)
              .filter(owner -> !owner.networks().containsKey("bridge"))
              .isPresent()) {
        throw new EngineException.Failure(
            500,
            "Cannot link to /%s, as it does not belong to the default network"
                .formatted(other.get().name()));
      }
      if (other.isPresent() && !other.get().state().status().hasProcess()) {
        throw new EngineException.Failure(
            500,
            "Cannot link to a non running container: /%s AS %s"
                .formatted(other.get().name(), link.path(record)));
      }
    }
  }

  /** Whose networks a container is on: its own, or those of the one that it shares them with. */
  private static Optional<ContainerRecord> owner(
      ContainerRecord record, Function<String, Optional<ContainerRecord>> containers) {
    Optional<ContainerRecord> owner = Optional.of(record);
    Set<String> seen = new HashSet<>();
    while (owner.isPresent() && seen.add(owner.get().id())) {
      Optional<String> joined =
          JoinedContainer.of(Documents.string(owner.get().hostConfig(), "NetworkMode"));
      if (joined.isEmpty()) {
        return owner;
      }
      owner = containers.apply(joined.get());
    }
    return Optional.empty();
  }

  /**
   * A {@code HostConfig} with each link's target by its id; on a network of the user's own links
   * are but names, and nobody asks whether the other container is there.
   */
  static JsonObject stored(JsonObject hostConfig, Function<Link, String> ids) {
    List<Link> links = LinkEnvironment.applies(hostConfig) ? of(hostConfig) : List.of();
    return links.isEmpty()
        ? hostConfig
        : DocumentChanges.with(
            hostConfig,
            FIELD,
            DocumentChanges.array(
                links.stream().map(link -> ids.apply(link) + ":" + link.alias()).toList()));
  }

  /** The same as inspects show it. */
  static JsonObject shown(
      ContainerRecord record, Function<String, Optional<ContainerRecord>> containers) {
    List<Link> links =
        LinkEnvironment.applies(record.hostConfig()) ? of(record.hostConfig()) : List.of();
    return links.isEmpty()
        ? record.hostConfig()
        : DocumentChanges.with(
            record.hostConfig(),
            FIELD,
            DocumentChanges.array(
                links.stream()
                    .map(link ->
                        "/"
                            + containers
                                .apply(link.target())
                                .map(ContainerRecord::name)
                                .orElse(link.target())
                            + ":"
                            + link.path(record))
                    .toList()));
  }

  /** The name of the target for who names it by the container that has the link. */
  String path(ContainerRecord from) {
    return "/" + from.name() + "/" + alias;
  }
}
