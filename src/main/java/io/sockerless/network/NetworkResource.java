package io.sockerless.network;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Networks;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The Docker Engine API of {@link Networks}: each method names its path and hands the call on. */
@Dependent
@Path("/")
public class NetworkResource implements ApiResource {

  private final Networks networks;

  /** Serves the engine's networks. */
  @Inject
  public NetworkResource(Engine engine) {
    this.networks = engine.networks();
  }

  /** Serves {@link Networks#list}. */
  @GET
  @Path("networks")
  public Operation list() {
    return call -> networks.list(call);
  }

  /** Serves {@link Networks#inspect}. */
  @GET
  @Path("networks/{id}")
  public Operation inspect(@PathParam("id") String id) {
    return call -> networks.inspect(id, call);
  }

  /** Serves {@link Networks#remove}. */
  @DELETE
  @Path("networks/{id}")
  public Operation remove(@PathParam("id") String id) {
    return call -> networks.remove(id, call);
  }

  /** Serves {@link Networks#create}. */
  @POST
  @Path("networks/create")
  public Operation create() {
    return call -> networks.create(call);
  }

  /** Serves {@link Networks#connect}. */
  @POST
  @Path("networks/{id}/connect")
  public Operation connect(@PathParam("id") String id) {
    return call -> networks.connect(id, call);
  }

  /** Serves {@link Networks#disconnect}. */
  @POST
  @Path("networks/{id}/disconnect")
  public Operation disconnect(@PathParam("id") String id) {
    return call -> networks.disconnect(id, call);
  }

  /** Serves {@link Networks#prune}. */
  @POST
  @Path("networks/prune")
  public Operation prune() {
    return call -> networks.prune(call);
  }
}
