package io.sockerless.backend.core;

import io.sockerless.backend.core.agent.AgentDriver;
import io.sockerless.backend.core.agent.AgentKey;
import io.sockerless.backend.core.agent.AgentSettings;
import io.sockerless.backend.core.agent.AgentTokens;
import io.sockerless.backend.core.agent.MachineLauncher;
import io.sockerless.backend.core.build.BuildService;
import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.backend.core.driver.ProcessFactory;
import io.sockerless.backend.core.event.EventHistory;
import io.sockerless.backend.core.image.ImageService;
import io.sockerless.backend.core.network.CoreNetworkSource;
import io.sockerless.backend.core.network.CoreNetworks;
import io.sockerless.backend.core.network.NetworkRegistry;
import io.sockerless.backend.core.network.PublishedPorts;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.system.CoreSystem;
import io.sockerless.backend.core.system.ServerFacts;
import io.sockerless.backend.core.volume.BindPolicy;
import io.sockerless.backend.core.volume.CoreVolumeSource;
import io.sockerless.backend.core.volume.CoreVolumes;
import io.sockerless.backend.core.volume.LocalVolumes;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Capabilities;
import io.sockerless.engine.Capabilities.Capability;
import io.sockerless.engine.Engine;
import io.sockerless.engine.ServerVersion;
import java.io.Closeable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Puts a backend together over the core: images, containers, networks, volumes, events and builds
 * are there, and the backend says who runs containers and what it does differently.
 *
 * <p>It says one of {@link #processes} and {@link #machines}; a container that is labelled for an
 * agent of its own waits for it with either.
 */
public final class CoreBuilder {

  private static final Logger LOG = System.getLogger(CoreBuilder.class.getName());
  private static final List<String> LOG_DRIVERS = List.of("json-file", "local", "none");

  private final String backend;
  private final BackendContext context;
  private final CoreConfig settings;
  private final Store store;
  private final Map<Capability, String> absent = new EnumMap<>(Capability.class);
  private Optional<ProcessFactory> processes = Optional.empty();
  private Optional<MachineLauncher> machines = Optional.empty();
  private Optional<Supplier<List<String>>> utilities = Optional.empty();
  private Overrides overrides = Overrides.none();

  private CoreBuilder(String backend, BackendContext context) {
    this.backend = backend;
    this.context = context;
    this.settings = CoreConfig.from(context.config());
    this.store = Store.open(settings.data());
    LOG.log(Level.INFO, "backend {0}: data in {1}", backend, settings.data());
  }

  /**
   * Begins, and takes the data folder that the settings name, with what an earlier server left
   * there.
   *
   * @param backend the name as the setting {@code sockerless.backend} spells it
   * @throws IllegalStateException if another server uses the folder
   */
  public static CoreBuilder open(String backend, BackendContext context) {
    return new CoreBuilder(backend, context);
  }

  /** Where everything is kept; a backend may have folders and tables of its own in it. */
  public Store store() {
    return store;
  }

  /** Containers are run by this server, in what a factory makes. */
  public CoreBuilder processes(ProcessFactory factory) {
    processes = Optional.of(factory);
    return this;
  }

  /** Containers run elsewhere, each on a machine that this starts, with an agent on it. */
  public CoreBuilder machines(MachineLauncher launcher) {
    machines = Optional.of(launcher);
    return this;
  }

  /**
   * The small image of our own is made of these, and serves where no registry answers.
   *
   * @param names of the commands that whatever runs the containers has by itself; asked for when
   *     the image is made
   */
  public CoreBuilder utilities(Supplier<List<String>> names) {
    utilities = Optional.of(names);
    return this;
  }

  /** Some operations are done differently. */
  public CoreBuilder overrides(Overrides different) {
    overrides = different;
    return this;
  }

  /**
   * What the backend has not: its operations answer 501, and front ends are told beforehand.
   *
   * @param reason a sentence for whoever asks for it
   */
  public CoreBuilder without(Capability capability, String reason) {
    absent.put(capability, reason);
    return this;
  }

  /** The engine, which starts what restart policies want once clients are served. */
  public Engine build() {
    EventHistory events = new EventHistory();
    Late<CoreEngine> engine = new Late<>();
    Supplier<ContainerDirectory> containers = () -> engine.get().directory();
    AgentKey key = AgentKey.in(store.folder("agents"));
    DriverSet drivers = drivers(key);

    RegistryConfig registries = RegistryConfig.from(context.config());
    ImageService images = new ImageService(store, registries, events, containers, utilities);
    PublishedPorts ports = new PublishedPorts();
    NetworkRegistry networks = new NetworkRegistry(store, events);
    BindPolicy binds = BindPolicy.from(context.config(), settings.data());
    LocalVolumes volumes = new LocalVolumes(store, binds, events);
    CoreVolumes volumeOperations = new CoreVolumes(volumes, containers);
    BuildService builds =
        new BuildService(
            store, drivers, images.source(), () -> engine.get().containers(), containers, events);
    CoreSystem system =
        new CoreSystem(
            facts(registries),
            store,
            events,
            containers,
            new EngineHoldings(engine, images, volumeOperations, builds),
            images::login);
    engine.set(
        new CoreEngine(
            backend,
            capabilities(),
            store,
            drivers,
            new CoreEngine.Sources(
                images.source(),
                new CoreNetworkSource(networks, ports, containers),
                new CoreVolumeSource(volumes, binds, containers),
                events),
            new CoreEngine.Nouns(
                images.images(builds),
                new CoreNetworks(networks, containers),
                volumeOperations,
                system,
                new NoPlugins(),
                new NoSwarm()),
            Absences.of(absent, overrides),
            resources(builds, ports, events, images)));
    context.agents().admit(new AgentTokens(containers, machines.isPresent(), key));
    images.start(context.onceServing());
    engine.get().recover(context.onceServing());
    builds.start();
    return engine.get();
  }

  private DriverSet drivers(AgentKey key) {
    return DriverSet.of(processes, settings.synthetic())
        .after(
            new AgentDriver(context.agents(), AgentSettings.from(context.config()), machines, key));
  }

  private Capabilities capabilities() {
    Set<Capability> supported = EnumSet.allOf(Capability.class);
    supported.removeAll(absent.keySet());
    return new Capabilities(supported, 0, machines.isPresent());
  }

  private ServerFacts facts(RegistryConfig registries) {
    List<String> mirrors = registries.mirrors().stream().map(URI::toString).toList();
    return new ServerFacts(backend, ServerVersion.text(), settings.data(), mirrors, LOG_DRIVERS);
  }

  /** What is closed with the engine, in this order. */
  private List<Closeable> resources(
      BuildService builds, PublishedPorts ports, EventHistory events, ImageService images) {
    List<Closeable> resources = new ArrayList<>();
    resources.add(builds::close);
    processes.ifPresent(it -> resources.add(it::close));
    machines.ifPresent(it -> resources.add(it::close));
    resources.addAll(List.of(ports::close, events::close, images::close, store::close));
    return resources;
  }
}
