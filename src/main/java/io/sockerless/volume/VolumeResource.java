package io.sockerless.volume;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Volumes;
import io.sockerless.http.Operation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** The Docker Engine API of {@link Volumes}: each method names its path and hands the call on. */
@Singleton
@Path("/")
public class VolumeResource {

  private final Volumes volumes;

  /** Serves the engine's volumes. */
  @Inject
  public VolumeResource(Engine engine) {
    this.volumes = engine.volumes();
  }

  /** Serves {@link Volumes#list}. */
  @GET
  @Path("volumes")
  public Operation list(@Context HttpServletRequest request) {
    return Operation.of(request, call -> volumes.list(call));
  }

  /** Serves {@link Volumes#create}. */
  @POST
  @Path("volumes/create")
  public Operation create(@Context HttpServletRequest request) {
    return Operation.of(request, call -> volumes.create(call));
  }

  /** Serves {@link Volumes#inspect}. */
  @GET
  @Path("volumes/{name}")
  public Operation inspect(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> volumes.inspect(name, call));
  }

  /** Serves {@link Volumes#update}. */
  @PUT
  @Path("volumes/{name}")
  public Operation update(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> volumes.update(name, call));
  }

  /** Serves {@link Volumes#remove}. */
  @DELETE
  @Path("volumes/{name}")
  public Operation remove(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> volumes.remove(name, call));
  }

  /** Serves {@link Volumes#prune}. */
  @POST
  @Path("volumes/prune")
  public Operation prune(@Context HttpServletRequest request) {
    return Operation.of(request, call -> volumes.prune(call));
  }
}
