package io.sockerless.volume;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Volumes;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The Docker Engine API of {@link Volumes}: each method names its path and hands the call on. */
@Dependent
@Path("/")
public class VolumeResource implements ApiResource {

  private final Volumes volumes;

  /** Serves the engine's volumes. */
  @Inject
  public VolumeResource(Engine engine) {
    this.volumes = engine.volumes();
  }

  /** Serves {@link Volumes#list}. */
  @GET
  @Path("volumes")
  public Operation list() {
    return call -> volumes.list(call);
  }

  /** Serves {@link Volumes#create}. */
  @POST
  @Path("volumes/create")
  public Operation create() {
    return call -> volumes.create(call);
  }

  /** Serves {@link Volumes#inspect}. */
  @GET
  @Path("volumes/{name}")
  public Operation inspect(@PathParam("name") String name) {
    return call -> volumes.inspect(name, call);
  }

  /** Serves {@link Volumes#update}. */
  @PUT
  @Path("volumes/{name}")
  public Operation update(@PathParam("name") String name) {
    return call -> volumes.update(name, call);
  }

  /** Serves {@link Volumes#remove}. */
  @DELETE
  @Path("volumes/{name}")
  public Operation remove(@PathParam("name") String name) {
    return call -> volumes.remove(name, call);
  }

  /** Serves {@link Volumes#prune}. */
  @POST
  @Path("volumes/prune")
  public Operation prune() {
    return call -> volumes.prune(call);
  }
}
