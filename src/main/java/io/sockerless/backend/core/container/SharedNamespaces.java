package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.value.JoinedContainer;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a container shares with another by a mode such as {@code container:NAME}: it is told by the
 * other's id once it is made, and the other must run when it starts. Networks have {@link
 * NetworkSource} to join them.
 */
final class SharedNamespaces {

  private static final String IPC = "IpcMode";
  private static final String PID = "PidMode";

  private final ContainerRegistry registry;

  SharedNamespaces(ContainerRegistry registry) {
    this.registry = registry;
  }

  /**
   * A new container's {@code HostConfig} with ids in the place of names.
   *
   * @throws EngineException.InvalidParameter if there is no such container: of what is not found,
   *     clients take it to be the image
   */
  JsonObject byId(JsonObject hostConfig) {
    JsonObject named = hostConfig;
    for (String mode : List.of(IPC, PID, "NetworkMode")) {
      Optional<String> other = other(hostConfig, mode).filter(name -> !name.isEmpty());
      if (other.isPresent()) {
        Optional<LiveContainer> found = registry.find(other.get());
        if (found.isPresent()) {
          named = DocumentChanges.with(named, mode, JoinedContainer.mode(found.get().id()));
        } else if (mode.equals(IPC) || mode.equals(PID)) {
          throw new EngineException.InvalidParameter("No such container: " + other.get());
        }
      }
    }
    return named;
  }

  /**
   * Checks that a container that is about to start can join the others.
   *
   * @throws EngineException in dockerd's words, if one does not run or shares nothing
   */
  void check(JsonObject hostConfig) {
    other(hostConfig, IPC).ifPresent(this::checkIpc);
    other(hostConfig, PID)
        .ifPresent(id -> checkRuns(id, "cannot join PID of a non running container: " + id));
  }

  private void checkIpc(String id) {
    String refused = "can't join IPC of container " + id;
    ContainerRecord other = checkRuns(id, refused);
    if (!string(other.hostConfig(), IPC).equals("shareable")) {
      throw failure(
          refused + ": non-shareable IPC (hint: use IpcMode:shareable for the donor container)");
    }
  }

  private ContainerRecord checkRuns(String id, String refused) {
    ContainerRecord other =
        registry
            .find(id)
            .map(LiveContainer::current)
            .orElseThrow(() -> failure(refused + ": No such container: " + id));
    switch (other.state().status()) {
      case RUNNING, PAUSED -> {}
      case RESTARTING ->
          throw failure("Container " + id + " is restarting, wait until the container is running");
      case CREATED, EXITED, REMOVING, DEAD -> throw failure("container " + id + " is not running");
    }
    return other;
  }

  private static EngineException failure(String text) {
    return new EngineException.Failure(500, text);
  }

  private static Optional<String> other(JsonObject hostConfig, String mode) {
    return JoinedContainer.of(string(hostConfig, mode));
  }
}
