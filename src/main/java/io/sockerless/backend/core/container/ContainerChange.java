package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.DocumentChanges.has;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** Changes what a container is allowed, and what it is called. */
final class ContainerChange {

  private final ContainerServices services;

  ContainerChange(ContainerServices services) {
    this.services = services;
  }

  Answer update(String idOrName, Call call) {
    JsonObject changes = said(RequestShapes.document(call, "container.HostConfig"));
    LiveContainer container = services.registry().resolve(idOrName);
    container.lock().lock();
    try {
      ContainerRecord record = container.current();
      if (record.state().status() == Status.REMOVING || record.state().status() == Status.DEAD) {
        throw ContainerRegistry.conflict(
            "Cannot update container %s: Container is marked for removal and cannot be \"update\".",
            record.id());
      }
      JsonObject hostConfig = DocumentChanges.overlay(record.hostConfig(), changes);
      check(record, changes, hostConfig);
      services.registry().change(container, it -> it.withHostConfig(hostConfig));
      if (record.state().status().hasProcess()) {
        container.run().process().ifPresent(process -> process.update(hostConfig));
      }
      services.events().publish(record, "update");
    } finally {
      container.lock().unlock();
    }
    return Answer.json(200, JsonBuilders.object().add("Warnings", JsonValue.NULL).build());
  }

  /**
   * Takes away a link of the old kind.
   *
   * @param path as {@code container/alias}, which names a container
   * @throws EngineException in dockerd's words, if that is the container's own name
   */
  void unlink(String path) {
    String name = path.startsWith("/") ? path.substring(1) : path;
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw ContainerRegistry.conflict(
          "Conflict, cannot remove the default link name of the container");
    }
    LiveContainer parent = services.registry().resolve(name.substring(0, slash));
    parent.lock().lock();
    try {
      services
          .registry()
          .change(
              parent,
              it -> it.withHostConfig(Link.without(it.hostConfig(), name.substring(slash + 1))));
    } finally {
      parent.lock().unlock();
    }
  }

  private static void check(ContainerRecord record, JsonObject changes, JsonObject hostConfig) {
    if (record.autoRemove() && has(changes, "RestartPolicy")) {
      throw ContainerRegistry.conflict(
          "Cannot update container %s: Restart policy cannot be updated because AutoRemove is"
              + " enabled for the container",
          record.id());
    }
    ResourceValidation.update(record.id(), record.hostConfig(), changes);
    // No limit at all is 0 and no limit of swap is -1: dockerd takes both for less than any memory.
    long swap = Documents.number(record.hostConfig(), "MemorySwap");
    if (has(changes, "Memory")
        && !has(changes, "MemorySwap")
        && Documents.number(changes, "Memory") > swap) {
      throw ContainerRegistry.conflict(
          "Cannot update container %s: Memory limit should be smaller than already set memoryswap"
              + " limit, update the memoryswap at the same time",
          record.id());
    }
    CreateValidation.hostConfig(hostConfig);
  }

  /** Zero, nothing and empty say: leave it as it is. */
  private static JsonObject said(JsonObject request) {
    JsonObjectBuilder said = JsonBuilders.object();
    request.forEach((name, value) -> {
      boolean says =
          switch (value) {
            case JsonNumber number -> number.longValue() != 0;
            case JsonString string -> !string.getString().isEmpty();
            case JsonObject policy when name.equals("RestartPolicy") ->
                !string(policy, "Name").isEmpty();
            default -> !value.equals(JsonValue.NULL) && !value.equals(JsonValue.EMPTY_JSON_ARRAY);
          };
      if (says) {
        said.add(name, value);
      }
    });
    return said.build();
  }

  Answer rename(LiveContainer container, Call call) {
    String wanted = call.query().first("name").orElse("");
    if (wanted.isEmpty()) {
      throw new EngineException.InvalidParameter("Neither old nor new names may be empty");
    }
    container.lock().lock();
    try {
      ContainerRecord before = container.current();
      String bare = wanted.startsWith("/") ? wanted.substring(1) : wanted;
      if (before.name().equals(bare)) {
        throw new EngineException.InvalidParameter(
            "Renaming a container with the same name as its current name");
      }
      String name = allocate(bare, before.id());
      services.registry().rename(container, name);
      services
          .events()
          .publish(container.current(), "rename", Map.of("oldName", "/" + before.name()));
      renameOnNetworks(container);
    } finally {
      container.lock().unlock();
    }
    return Answer.empty(204);
  }

  private String allocate(String bare, String id) {
    try {
      String name = ContainerNames.check("/" + bare);
      services.registry().reserve(name, id);
      return name;
    } catch (EngineException e) {
      throw e.within("Error when allocating new name");
    }
  }

  /** Other containers find a running one by its new name from now on. */
  private void renameOnNetworks(LiveContainer container) {
    ContainerRecord record = container.current();
    if (record.state().status().hasProcess()) {
      JsonObject networks =
          services
              .networks()
              .renamed(
                  record.id(),
                  record.name(),
                  string(record.config(), "Hostname"),
                  record.networks());
      services.registry().change(container, it -> it.withNetworks(networks, it.ports()));
      tellProcess(container);
    }
  }

  /** Puts a container on a network, changes how it is on it, or takes it off. */
  void setNetwork(LiveContainer container, String network, Optional<JsonObject> settings) {
    container.lock().lock();
    try {
      JsonObject ports = settings.isPresent() ? published(container) : left(container);
      services
          .registry()
          .change(
              container,
              record ->
                  record.withNetworks(
                      settings
                          .map(it -> DocumentChanges.with(record.networks(), network, it))
                          .orElseGet(() -> DocumentChanges.without(record.networks(), network)),
                      ports));
      tellProcess(container);
    } finally {
      container.lock().unlock();
    }
  }

  /**
   * The ports of a container that comes to one more network: where none let anybody in so far, they
   * are published now.
   */
  private JsonObject published(LiveContainer container) {
    ContainerRecord record = container.current();
    return container
        .run()
        .process()
        .filter(_ -> record.state().status().hasProcess() && record.ports().isEmpty())
        .map(process ->
            services.networks().publish(record.id(), record.config(), record.hostConfig(), process))
        .orElse(record.ports());
  }

  /** The ports of a container that has left a network: none where it was the last to lead to it. */
  private JsonObject left(LiveContainer container) {
    ContainerRecord record = container.current();
    if (!record.state().status().hasProcess() || services.networks().isReachable(record.id())) {
      return record.ports();
    }
    services.networks().unpublish(record.id());
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  private void tellProcess(LiveContainer container) {
    ContainerRecord record = container.current();
    container
        .run()
        .process()
        .ifPresent(process ->
            process.networks(
                services.networks().endpoints(record.id(), record.name(), record.networks())));
  }
}
