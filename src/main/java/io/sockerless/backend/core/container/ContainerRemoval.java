package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.store.Folders;
import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Removes containers and all that they leave. */
final class ContainerRemoval {

  private static final Logger LOG = System.getLogger(ContainerRemoval.class.getName());

  private final ContainerServices services;
  private final Specs specs;
  private final ExecDirectory execs;

  ContainerRemoval(ContainerServices services, Specs specs, ExecDirectory execs) {
    this.services = services;
    this.specs = specs;
    this.execs = execs;
  }

  /**
   * Removes a container that does not run.
   *
   * @param volumes whether its volumes without a name go as well
   * @throws EngineException.Conflict in Docker's words if its status does not allow it
   */
  void remove(LiveContainer container, boolean volumes) {
    ContainerRecord record;
    container.lock().lock();
    try {
      record = container.current();
      mark(container, record);
    } finally {
      container.lock().unlock();
    }
    try {
      dispose(container, record, volumes);
    } catch (RuntimeException e) {
      services.registry().change(container, it -> it.with(it.state().in(Status.DEAD)));
      throw e;
    }
    services.events().publish(record, "destroy");
    LiveContainer.Exit exit = new LiveContainer.Exit(record.state().exitCode(), "");
    container.removed().complete(exit);
    container.tellExit(exit);
    container.run().streams().end();
  }

  private void mark(LiveContainer container, ContainerRecord record) {
    Status status = record.state().status();
    switch (status) {
      case RUNNING, RESTARTING ->
          throw ContainerRegistry.conflict(
              "cannot remove container \"%s\": container is %s: stop the container before removing"
                  + " or force remove",
              record.name(), status.text());
      case PAUSED ->
          throw ContainerRegistry.conflict(
              "cannot remove container \"%s\": container is paused and must be unpaused first",
              record.name());
      case REMOVING ->
          throw ContainerRegistry.conflict(
              "removal of container %s is already in progress", record.id());
      case CREATED, EXITED, DEAD ->
          services
              .registry()
              .changeInMemory(container, it -> it.with(it.state().in(Status.REMOVING)));
    }
  }

  private void dispose(LiveContainer container, ContainerRecord record, boolean volumes) {
    ContainerSpec spec = specs.bare(record);
    if (!volumes) {
      services.volumes().keepAnonymous(record.mounts());
    }
    services.registry().remove(container);
    execs.containerRemoved(record.id());
    services.images().release(record.id());
    services.drivers().lifecycle(spec).remove(spec);
    if (volumes) {
      services.volumes().removeAnonymous(record.id(), record.mounts());
    }
    Folders.delete(spec.folder());
  }

  /** Removes a container because it was asked for when it was made. */
  void removeByItself(LiveContainer container) {
    try {
      remove(container, true);
    } catch (EngineException e) {
      LOG.log(Level.DEBUG, "container {0} is gone already: {1}", container.id(), e.text());
    } catch (UncheckedIOException e) {
      LOG.log(Level.WARNING, "container {0} left files: {1}", container.id(), e.getMessage());
    }
  }

  /**
   * Deletes what a killed server was about to delete: containers' folders, layers in the making.
   */
  void deleteOrphans() {
    Set<String> known =
        services.registry().all().stream().map(LiveContainer::id).collect(Collectors.toSet());
    try (Stream<Path> folders = Files.list(services.folder())) {
      folders
          .filter(folder -> !known.contains(folder.getFileName().toString()))
          .forEach(Folders::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
