package io.sockerless.console;

import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import io.sockerless.engine.SystemOperations;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What happens, as server-sent events. */
@Dependent
@Path("/console/api")
public class ConsoleEventsResource implements ApiResource {

  private static final String SINCE = "since";

  private final SystemOperations system;

  /** Serves the engine's events. */
  @Inject
  public ConsoleEventsResource(Engine engine) {
    this.system = engine.system();
  }

  /**
   * Serves {@link SystemOperations#events} under the same parameters. A browser that comes back
   * gets what it missed.
   */
  @GET
  @Path("events")
  public Operation events() {
    return call -> ServerSentEvents.of(system.events(call.with(resumed(call))));
  }

  private static Query resumed(Call call) {
    return call.headers()
        .first(ServerSentEvents.LAST_EVENT)
        .flatMap(ServerSentEvents::since)
        .map(since -> call.query().without(SINCE).and(SINCE, since))
        .orElse(call.query());
  }
}
