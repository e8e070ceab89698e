package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerFiles;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Tells the other nouns who uses what. */
final class CoreContainerDirectory implements ContainerDirectory {

  private final ContainerServices services;
  private final Specs specs;
  private final ContainerQueries queries;
  private final ContainerChange changes;

  CoreContainerDirectory(
      ContainerServices services, Specs specs, ContainerQueries queries, ContainerChange changes) {
    this.services = services;
    this.specs = specs;
    this.queries = queries;
    this.changes = changes;
  }

  @Override
  public List<Entry> all() {
    return services.registry().all().stream().map(container -> entry(container.current())).toList();
  }

  @Override
  public Entry resolve(String idOrName) {
    return entry(services.registry().resolve(idOrName).current());
  }

  private static Entry entry(ContainerRecord record) {
    return new Entry(
        record.id(),
        record.name(),
        record.imageId(),
        record.state().status().text(),
        record.created(),
        record.config(),
        record.hostConfig(),
        record.mounts(),
        record.networks());
  }

  @Override
  public void setNetwork(String containerId, String networkName, Optional<JsonObject> settings) {
    changes.setNetwork(services.registry().resolve(containerId), networkName, settings);
  }

  @Override
  public ContainerFiles files(String containerId) {
    return specs.files(services.registry().resolve(containerId).current());
  }

  @Override
  public long size(String containerId) {
    return queries.size(services.registry().resolve(containerId).current());
  }
}
