package io.sockerless.edge;

import static java.util.Objects.requireNonNull;

import io.sockerless.engine.Engine;
import io.sockerless.engine.OnceServing;
import io.sockerless.http.EdgePasses;
import io.sockerless.http.EdgeUpgrade;
import io.sockerless.http.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Has the edge live as long as the application. */
@ApplicationScoped
public class EdgeProducer {

  private static final Logger LOG = System.getLogger(EdgeProducer.class.getName());

  private volatile Optional<Edge> started = Optional.empty();

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

  /** Before all others, since this is where settings show that cannot work. */
  void start(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event,
      Instance<Edge> edge,
      OnceServing onceServing) {
    try {
      edge.get().start();
      started = Optional.of(edge.get());
      onceServing.begin();
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "the server does not start", e);
      throw new RefusedStartException(e);
    }
  }

  /** While all else is still there, for requests that will end by themselves. */
  void drain(@Observes Shutdown event) {
    started.ifPresent(Edge::drain);
  }

  void stop(@Disposes Edge edge) {
    edge.stop();
  }

  /** Tells what to mend, in a line: the application server prints whatever trace it finds. */
  private static final class RefusedStartException extends RuntimeException {
    RefusedStartException(RuntimeException cause) {
      super(
          cause instanceof UncheckedIOException io
              ? requireNonNull(io.getCause()).getMessage()
              : cause.getMessage(),
          null,
          false,
          false);
    }
  }
}
