package io.sockerless.backend.core;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ContainerEvents;
import io.sockerless.backend.core.container.ContainerRegistry;
import io.sockerless.backend.core.container.ContainerServices;
import io.sockerless.backend.core.container.CoreContainers;
import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.NetworkSource;
import io.sockerless.backend.core.container.VolumeSource;
import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.exec.CoreExecs;
import io.sockerless.backend.core.exec.ExecRegistry;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.engine.Capabilities;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Execs;
import io.sockerless.engine.Images;
import io.sockerless.engine.Networks;
import io.sockerless.engine.Plugins;
import io.sockerless.engine.ServerVersion;
import io.sockerless.engine.Swarm;
import io.sockerless.engine.SystemOperations;
import io.sockerless.engine.Volumes;
import io.sockerless.wire.Headers;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The engine of every backend without a daemon: containers and exec instances that run through
 * drivers, and the other nouns as they are given.
 */
public final class CoreEngine implements Engine, Closeable {

  private static final Headers HEADERS =
      Headers.of(
          "Api-Version",
          ApiVersion.NEWEST,
          "Docker-Experimental",
          "false",
          "Ostype",
          "linux",
          "Server",
          "Sockerless/" + ServerVersion.text() + " (linux)");

  private final String backend;
  private final Capabilities capabilities;
  private final CoreContainers core;
  private final ContainerDirectory directory;
  private final Containers containers;
  private final Execs execs;
  private final Nouns nouns;
  private final List<Closeable> resources;

  /** What containers ask of the other nouns, and whom they tell what happens. */
  public record Sources(
      ImageSource images, NetworkSource networks, VolumeSource volumes, EventLog events) {}

  /** The nouns besides containers and exec instances. */
  public record Nouns(
      Images images,
      Networks networks,
      Volumes volumes,
      SystemOperations system,
      Plugins plugins,
      Swarm swarm) {}

  /**
   * An engine over a data folder.
   *
   * @param backend the name as the setting {@code sockerless.backend} spells it
   * @param resources what is closed with the engine, in this order
   */
  public CoreEngine(
      String backend,
      Capabilities capabilities,
      Store store,
      DriverSet drivers,
      Sources sources,
      Nouns nouns,
      Overrides overrides,
      List<Closeable> resources) {
    this.backend = backend;
    this.resources = List.copyOf(resources);
    this.capabilities = capabilities;
    Clock clock = Clock.systemUTC();
    ContainerServices services =
        new ContainerServices(
            new ContainerRegistry(store.table("containers")),
            drivers,
            sources.images(),
            sources.networks(),
            sources.volumes(),
            new ContainerEvents(sources.events()),
            store.folder("containers"),
            clock);
    ExecRegistry running = new ExecRegistry(clock);
    this.core = new CoreContainers(services, running);
    this.directory = core.directory();
    this.containers = overrides.containers().apply(core);
    this.execs = overrides.execs().apply(new CoreExecs(services, running));
    this.nouns =
        new Nouns(
            overrides.images().apply(nouns.images()),
            overrides.networks().apply(nouns.networks()),
            overrides.volumes().apply(nouns.volumes()),
            overrides.system().apply(nouns.system()),
            nouns.plugins(),
            nouns.swarm());
  }

  /** What the other nouns ask of containers. */
  public ContainerDirectory directory() {
    return directory;
  }

  /**
   * Settles what a server that was killed left; to be called once, when all nouns work.
   *
   * @param later has what restart policies want started
   */
  public void recover(Executor later) {
    core.recover(later);
  }

  /** Stops what runs, which may take some seconds, and gives back what the engine holds. */
  @Override
  public void close() throws IOException {
    core.close();
    for (Closeable resource : resources) {
      resource.close();
    }
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String apiVersion() {
    return ApiVersion.NEWEST;
  }

  @Override
  public Headers headers() {
    return HEADERS;
  }

  @Override
  public Containers containers() {
    return containers;
  }

  @Override
  public Execs execs() {
    return execs;
  }

  @Override
  public Images images() {
    return nouns.images();
  }

  @Override
  public Networks networks() {
    return nouns.networks();
  }

  @Override
  public Volumes volumes() {
    return nouns.volumes();
  }

  @Override
  public SystemOperations system() {
    return nouns.system();
  }

  @Override
  public Plugins plugins() {
    return nouns.plugins();
  }

  @Override
  public Swarm swarm() {
    return nouns.swarm();
  }
}
