package io.sockerless.backend.memory;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.core.CoreEngine;
import io.sockerless.backend.core.NoPlugins;
import io.sockerless.backend.core.NoSwarm;
import io.sockerless.backend.core.Overrides;
import io.sockerless.backend.core.agent.AgentDriver;
import io.sockerless.backend.core.agent.AgentSettings;
import io.sockerless.backend.core.agent.AgentTokens;
import io.sockerless.backend.core.build.BuildService;
import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.driver.DriverSet;
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
import io.sockerless.backend.memory.wasm.WasmModules;
import io.sockerless.engine.Capabilities;
import io.sockerless.engine.Engine;
import io.sockerless.engine.ServerVersion;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** The backend that needs nothing but a JVM: the core, with sandboxes that run containers. */
public final class MemoryEngine {

  /** The name as the setting {@code sockerless.backend} spells it. */
  public static final String NAME = "memory";

  private static final Logger LOG = System.getLogger(MemoryEngine.class.getName());
  private static final List<String> LOG_DRIVERS = List.of("json-file", "local", "none");

  private MemoryEngine() {}

  /**
   * The engine over the data folder that the settings name, with what an earlier server left there.
   *
   * @param agents who may come to containers that run elsewhere
   * @throws IllegalStateException if another server uses the folder
   */
  public static Engine from(Config config, AgentRegistry agents) {
    MemoryConfig settings = MemoryConfig.from(config);
    Store store = Store.open(settings.data());
    LOG.log(Level.INFO, "backend memory: data in {0}", settings.data());
    Programs programs = new Programs();
    EventHistory events = new EventHistory();
    Late<CoreEngine> engine = new Late<>();
    Supplier<ContainerDirectory> containers = () -> engine.get().directory();

    RegistryConfig registries = RegistryConfig.from(config);
    ImageService images = new ImageService(store, registries, events, containers, programs.names());
    PublishedPorts ports = new PublishedPorts();
    NetworkRegistry networks = new NetworkRegistry(store, events);
    BindPolicy binds = BindPolicy.from(config, settings.data());
    LocalVolumes volumes = new LocalVolumes(store, binds, events);
    CoreVolumes volumeOperations = new CoreVolumes(volumes, containers);
    SandboxProcessFactory sandboxes =
        new SandboxProcessFactory(
            new SandboxLoader(programs::find, new WasmModules(store.folder("wasm"))::program));
    CoreNetworkSource networkSource = new CoreNetworkSource(networks, ports, containers);
    BuildService builds =
        new BuildService(
            store, sandboxes, images.source(), () -> engine.get().containers(), containers, events);
    CoreSystem system =
        new CoreSystem(
            new ServerFacts(
                NAME, ServerVersion.text(), settings.data(), mirrors(registries), LOG_DRIVERS),
            store,
            events,
            containers,
            new EngineHoldings(engine, images, volumeOperations, builds),
            images::login);
    engine.set(
        new CoreEngine(
            NAME,
            Capabilities.all(),
            store,
            DriverSet.of(Optional.of(sandboxes), settings.synthetic())
                .after(new AgentDriver(agents, AgentSettings.from(config))),
            new CoreEngine.Sources(
                images.source(),
                networkSource,
                new CoreVolumeSource(volumes, binds, containers),
                events),
            new CoreEngine.Nouns(
                images.images(builds),
                new CoreNetworks(networks, containers),
                volumeOperations,
                system,
                new NoPlugins(),
                new NoSwarm()),
            Overrides.none(),
            List.of(
                builds::close,
                sandboxes::close,
                ports::close,
                events::close,
                images::close,
                store::close)));
    agents.admit(new AgentTokens(containers));
    images.start();
    builds.start();
    engine.get().recover();
    return engine.get();
  }

  private static List<String> mirrors(RegistryConfig registries) {
    return registries.mirrors().stream().map(URI::toString).toList();
  }
}
