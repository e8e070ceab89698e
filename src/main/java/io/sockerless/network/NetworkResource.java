package io.sockerless.network;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Networks;
import io.sockerless.http.Operation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** The Docker Engine API of {@link Networks}: each method names its path and hands the call on. */
@Singleton
@Path("/")
public class NetworkResource {

  private final Networks networks;

  /** Serves the engine's networks. */
  @Inject
  public NetworkResource(Engine engine) {
    this.networks = engine.networks();
  }

  /** Serves {@link Networks#list}. */
  @GET
  @Path("networks")
  public Operation list(@Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.list(call));
  }

  /** Serves {@link Networks#inspect}. */
  @GET
  @Path("networks/{id}")
  public Operation inspect(@PathParam("id") String id, @Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.inspect(id, call));
  }

  /** Serves {@link Networks#remove}. */
  @DELETE
  @Path("networks/{id}")
  public Operation remove(@PathParam("id") String id, @Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.remove(id, call));
  }

  /** Serves {@link Networks#create}. */
  @POST
  @Path("networks/create")
  public Operation create(@Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.create(call));
  }

  /** Serves {@link Networks#connect}. */
  @POST
  @Path("networks/{id}/connect")
  public Operation connect(@PathParam("id") String id, @Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.connect(id, call));
  }

  /** Serves {@link Networks#disconnect}. */
  @POST
  @Path("networks/{id}/disconnect")
  public Operation disconnect(@PathParam("id") String id, @Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.disconnect(id, call));
  }

  /** Serves {@link Networks#prune}. */
  @POST
  @Path("networks/prune")
  public Operation prune(@Context HttpServletRequest request) {
    return Operation.of(request, call -> networks.prune(call));
  }
}
