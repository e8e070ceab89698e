package io.sockerless.network;

import io.sockerless.engine.Body;
import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Networks;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Documents;
import io.sockerless.http.InternalErrors;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** The internal API of {@link Networks}: each method names its path and hands the call on. */
@Dependent
@Path("/internal/v1")
public class NetworkInternalResource implements ApiResource {

  private static final JsonObject CREATED = JsonBuilders.object().add("Warning", "").build();
  private static final JsonObject PRUNED =
      JsonBuilders.object().add("NetworksDeleted", JsonValue.EMPTY_JSON_ARRAY).build();

  private final Networks networks;
  private final InternalErrors errors;

  /** Serves the engine's networks. */
  @Inject
  public NetworkInternalResource(Engine engine) {
    this.networks = engine.networks();
    this.errors = new InternalErrors(engine);
  }

  /** Serves {@link Networks#list}. */
  @GET
  @Path("networks")
  public Operation list() {
    return call -> networks.list(call);
  }

  /** Serves {@link Networks#create}. */
  @POST
  @Path("networks")
  public Operation create() {
    return call -> Documents.complete(networks.create(call), CREATED);
  }

  /** Serves {@link Networks#inspect}. */
  @GET
  @Path("networks/{id}")
  public Operation inspect(@PathParam("id") String id) {
    return errors.about(errors.network(id), call -> networks.inspect(id, call));
  }

  /** Serves {@link Networks#remove}. */
  @DELETE
  @Path("networks/{id}")
  public Operation remove(@PathParam("id") String id) {
    return errors.about(errors.network(id), call -> networks.remove(id, call));
  }

  /** Serves {@link Networks#connect}. */
  @POST
  @Path("networks/{id}/connect")
  public Operation connect(@PathParam("id") String id) {
    return onContainer(id, call -> networks.connect(id, call));
  }

  /** Serves {@link Networks#disconnect}. */
  @POST
  @Path("networks/{id}/disconnect")
  public Operation disconnect(@PathParam("id") String id) {
    return onContainer(id, call -> networks.disconnect(id, call));
  }

  /** Serves {@link Networks#prune}. */
  @POST
  @Path("networks/prune")
  public Operation prune() {
    return call -> Documents.complete(networks.prune(call), PRUNED);
  }

  /** A 404 may be about either: the network is looked for first. */
  private Operation onContainer(String id, Operation operation) {
    return call -> {
      byte[] body = call.body().bytes();
      String container = Body.parse(body).getString("Container", "");
      return errors.about(
          List.of(errors.network(id), errors.container(container)),
          call,
          () -> operation.run(call.with(Body.of(body))));
    };
  }
}
