package io.sockerless.backend;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.core.agent.AgentSettings;
import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.backend.memory.MemoryEngine;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.policy.Governance;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;

/** Picks the backend that {@code sockerless.backend} names. */
@Dependent
public class EngineProducer {

  static final String BACKEND = "sockerless.backend";
  static final String BACKEND_DEFAULT = "auto";

  private static final Logger LOG = System.getLogger(EngineProducer.class.getName());
  private static final long PATIENCE_SECONDS = 3;

  /**
   * The engine of this server, behind its rules.
   *
   * @throws IllegalArgumentException for a name that no backend has, or rules that cannot be read
   */
  @Produces
  @Singleton
  public Engine engine(Config config, AgentRegistry agents) {
    return Governance.from(config).over(backend(config, agents));
  }

  private static Engine backend(Config config, AgentRegistry agents) {
    String name = config.getOptionalValue(BACKEND, String.class).orElse(BACKEND_DEFAULT);
    return switch (name) {
      case "docker" -> DockerEngine.from(config);
      case MemoryEngine.NAME -> MemoryEngine.from(config, agents);
      case "auto" -> whicheverIsThere(config, agents);
      default ->
          throw new IllegalArgumentException(
              BACKEND
                  + ": "
                  + name
                  + ": there is no such backend; there are: auto, docker, memory");
    };
  }

  /** The agents of this server's containers, whatever backend has them. */
  @Produces
  @Singleton
  public AgentRegistry agents(Config config) {
    return new AgentRegistry(AgentSettings.from(config).patience());
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

  private static Engine whicheverIsThere(Config config, AgentRegistry agents) {
    Engine docker = DockerEngine.from(config);
    String problem = problem(docker);
    if (problem.isEmpty()) {
      LOG.log(Level.INFO, "backend auto: a Docker daemon answers, so it is docker");
      return docker;
    }
    LOG.log(Level.INFO, "backend auto: no Docker daemon ({0}), so it is memory", problem);
    return MemoryEngine.from(config, agents);
  }

  /** What is wrong with an engine, nothing if it answers. */
  private static String problem(Engine engine) {
    Call call = Call.of(Query.none());
    CompletableFuture<String> problem = new CompletableFuture<>();
    problem.completeOnTimeout(
        "no answer in " + PATIENCE_SECONDS + " s", PATIENCE_SECONDS, TimeUnit.SECONDS);
    Thread.ofVirtual()
        .name("auto")
        .start(() -> {
          try {
            engine.system().ping(call).bytes();
            problem.complete("");
          } catch (EngineException e) {
            problem.complete(e.text());
          }
        });
    String answer = problem.join();
    call.cancellation().cancel();
    return answer;
  }
}
