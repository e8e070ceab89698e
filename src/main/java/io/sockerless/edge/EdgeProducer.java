package io.sockerless.edge;

import io.sockerless.engine.Engine;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.EdgeUpgrade;
import io.sockerless.http.Router;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Has the edge live as long as the application. */
@Dependent
public class EdgeProducer {

  /** The edge of this server; injecting it refuses settings that cannot work. */
  @Produces
  @Singleton
  public Edge edge(
      Config config,
      Engine engine,
      Router router,
      EdgePasses passes,
      @Any Instance<EdgeUpgrade> upgrades) {
    return new Edge(config, engine, router, passes, upgrades.stream().toList());
  }

  /** What the edge gives to the requests that it relays. */
  @Produces
  @Singleton
  public EdgePasses passes() {
    return new EdgePasses();
  }

  void start(@Observes Startup event, Edge edge) {
    edge.start();
  }

  /** While all else is still there, for requests that will end by themselves. */
  void drain(@Observes Shutdown event, Edge edge) {
    edge.drain();
  }

  void stop(@Disposes Edge edge) {
    edge.stop();
  }
}
