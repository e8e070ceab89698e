package io.sockerless.volume;

import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Volumes;
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

/** The internal API of {@link Volumes}: each method names its path and hands the call on. */
@Dependent
@Path("/internal/v1")
public class VolumeInternalResource implements ApiResource {

  private static final JsonObject LISTED =
      JsonBuilders.object()
          .add("Volumes", JsonValue.EMPTY_JSON_ARRAY)
          .add("Warnings", JsonValue.EMPTY_JSON_ARRAY)
          .build();

  private final Volumes volumes;
  private final InternalErrors errors;

  /** Serves the engine's volumes. */
  @Inject
  public VolumeInternalResource(Engine engine) {
    this.volumes = engine.volumes();
    this.errors = new InternalErrors(engine);
  }

  /** Serves {@link Volumes#list}. */
  @GET
  @Path("volumes")
  public Operation list() {
    return call -> Documents.complete(volumes.list(call), LISTED);
  }

  /** Serves {@link Volumes#create}. */
  @POST
  @Path("volumes")
  public Operation create() {
    return call -> volumes.create(call);
  }

  /** Serves {@link Volumes#inspect}. */
  @GET
  @Path("volumes/{name}")
  public Operation inspect(@PathParam("name") String name) {
    return errors.about(errors.volume(name), call -> volumes.inspect(name, call));
  }

  /** Serves {@link Volumes#remove}. */
  @DELETE
  @Path("volumes/{name}")
  public Operation remove(@PathParam("name") String name) {
    return errors.about(errors.volume(name), call -> volumes.remove(name, call));
  }

  /** Serves {@link Volumes#prune}. */
  @POST
  @Path("volumes/prune")
  public Operation prune() {
    return call -> volumes.prune(call);
  }
}
