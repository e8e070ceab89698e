package io.sockerless.system;

import io.sockerless.engine.Engine;
import io.sockerless.engine.SystemOperations;
import io.sockerless.http.EdgeOnly;
import io.sockerless.http.Operation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/**
 * The Docker Engine API of {@link SystemOperations}: each method names its path and hands the call
 * on.
 */
@Singleton
@Path("/")
public class SystemResource {

  private final SystemOperations system;

  /** Serves the engine's system. */
  @Inject
  public SystemResource(Engine engine) {
    this.system = engine.system();
  }

  /** Serves {@link SystemOperations#auth}. */
  @POST
  @Path("auth")
  public Operation auth(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.auth(call));
  }

  /** Serves {@link SystemOperations#info}. */
  @GET
  @Path("info")
  public Operation info(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.info(call));
  }

  /** Serves {@link SystemOperations#version}. */
  @GET
  @Path("version")
  public Operation version(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.version(call));
  }

  /** Serves {@link SystemOperations#ping}. */
  @GET
  @Path("_ping")
  public Operation ping(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.ping(call));
  }

  /** Serves {@link SystemOperations#pingHead}. */
  @HEAD
  @Path("_ping")
  public Operation pingHead(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.pingHead(call));
  }

  /** Serves {@link SystemOperations#events}. */
  @GET
  @Path("events")
  public Operation events(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.events(call));
  }

  /** Serves {@link SystemOperations#diskUsage}. */
  @GET
  @Path("system/df")
  public Operation diskUsage(@Context HttpServletRequest request) {
    return Operation.of(request, call -> system.diskUsage(call));
  }

  /** Serves {@link SystemOperations#session}. */
  @POST
  @Path("session")
  public Operation session(@Context HttpServletRequest request) {
    return EdgeOnly.refuse(request);
  }

  /** Serves {@link SystemOperations#grpc}. */
  @POST
  @Path("grpc")
  public Operation grpc(@Context HttpServletRequest request) {
    return EdgeOnly.refuse(request);
  }
}
