package io.sockerless.system;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.ServerVersion;
import io.sockerless.engine.SystemOperations;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/**
 * The internal API of {@link SystemOperations}: each method names its path and hands the call on.
 */
@Dependent
@Path("/internal/v1")
public class SystemInternalResource implements ApiResource {

  private final SystemOperations system;
  private final ServerComponent component;
  private final JsonObject capabilities;

  /** Serves the engine's system. */
  @Inject
  public SystemInternalResource(Engine engine) {
    this.system = engine.system();
    this.component = new ServerComponent(engine.backend());
    this.capabilities =
        JsonBuilders.object()
            .add("backend", engine.backend())
            .add("version", ServerVersion.text())
            .add("capabilities", engine.capabilities().document())
            .build();
  }

  /** What the backend has; the backend itself need not be there. */
  @GET
  @Path("capabilities")
  public Operation capabilities() {
    return call -> Answer.json(200, capabilities);
  }

  /** This API's description. */
  @GET
  @Path("openapi")
  public Operation describe() {
    return call -> InternalApiDocument.answer();
  }

  /** Serves {@link SystemOperations#version}. */
  @GET
  @Path("version")
  public Operation version() {
    return call -> component.addTo(system.version(call));
  }

  /** Serves {@link SystemOperations#info}. */
  @GET
  @Path("info")
  public Operation info() {
    return call -> component.addTo(system.info(call));
  }

  /** Serves {@link SystemOperations#auth}. */
  @POST
  @Path("auth")
  public Operation auth() {
    return call -> system.auth(call);
  }

  /** Serves {@link SystemOperations#events}. */
  @GET
  @Path("events")
  public Operation events() {
    return call -> system.events(call);
  }

  /** Serves {@link SystemOperations#diskUsage}. */
  @GET
  @Path("system/df")
  public Operation diskUsage() {
    return call -> system.diskUsage(call);
  }
}
