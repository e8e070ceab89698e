package io.sockerless.backend;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.core.agent.AgentSettings;
import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Engine;
import io.sockerless.engine.InterceptedEngine;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.OnceServing;
import io.sockerless.policy.Governance;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.Config;

/** Gives the server its engine: that of the backend that {@code sockerless.backend} names. */
@Dependent
public class EngineProducer {

  private static final Logger LOG = System.getLogger(EngineProducer.class.getName());

  /**
   * The engine of this server, behind its rules and whatever else is to see each operation.
   *
   * @param backends all beans that are one, whichever jar they are in
   * @throws IllegalArgumentException for a name that no backend has, or rules that cannot be read
   */
  @Produces
  @Singleton
  public Engine engine(
      Config config,
      AgentRegistry agents,
      OnceServing onceServing,
      @Any Instance<Backend> backends,
      @Any Instance<Interceptor> interceptors) {
    // Rules that cannot be read stop the start before anything is opened.
    Governance governance = Governance.from(config);
    Engine backend =
        new Backends(backends.stream().toList())
            .engine(new BackendContext(config, agents, onceServing));
    Engine engine = governance.over(backend);
    for (Interceptor interceptor : interceptors) {
      engine = new InterceptedEngine(engine, interceptor);
    }
    return engine;
  }

  /** The agents of this server's containers, whatever backend has them. */
  @Produces
  @Singleton
  public AgentRegistry agents(Config config) {
    return new AgentRegistry(AgentSettings.from(config).patience());
  }

  /** What a backend does when clients are served already. */
  @Produces
  @Singleton
  public OnceServing onceServing() {
    return new OnceServing();
  }

  /** The server stops: what the engine holds is given back. */
  public void close(@Disposes Engine engine) {
    if (engine instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "backend {0}: closing failed: {1}", engine.backend(), e);
      }
    }
  }
}
