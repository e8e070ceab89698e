package io.sockerless.system;

import io.sockerless.engine.Engine;
import io.sockerless.engine.SystemOperations;
import io.sockerless.http.ApiResource;
import io.sockerless.http.EdgeOnly;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/**
 * The Docker Engine API of {@link SystemOperations}: each method names its path and hands the call
 * on.
 */
@Dependent
@Path("/")
public class SystemResource implements ApiResource {

  private final SystemOperations system;
  private final ServerComponent component;

  /** Serves the engine's system. */
  @Inject
  public SystemResource(Engine engine) {
    this.system = engine.system();
    this.component = new ServerComponent(engine.backend());
  }

  /** Serves {@link SystemOperations#auth}. */
  @POST
  @Path("auth")
  public Operation auth() {
    return call -> system.auth(call);
  }

  /** Serves {@link SystemOperations#info}. */
  @GET
  @Path("info")
  public Operation info() {
    return call -> component.addTo(system.info(call));
  }

  /** Serves {@link SystemOperations#version}. */
  @GET
  @Path("version")
  public Operation version() {
    return call -> component.addTo(system.version(call));
  }

  /** Serves {@link SystemOperations#ping}. */
  @GET
  @Path("_ping")
  public Operation ping() {
    return call -> system.ping(call);
  }

  /** Serves {@link SystemOperations#pingHead}. */
  @HEAD
  @Path("_ping")
  public Operation pingHead() {
    return call -> system.pingHead(call);
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

  /** Serves {@link SystemOperations#session}. */
  @POST
  @Path("session")
  public Operation session() {
    return EdgeOnly.refuse();
  }

  /** Serves {@link SystemOperations#grpc}. */
  @POST
  @Path("grpc")
  public Operation grpc() {
    return EdgeOnly.refuse();
  }
}
