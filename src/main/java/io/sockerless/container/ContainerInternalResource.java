package io.sockerless.container;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Documents;
import io.sockerless.http.EdgeOnly;
import io.sockerless.http.InternalErrors;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/**
 * The internal API of {@link Containers}: each method names its path and hands the call on.
 *
 * @see ContainerWaitEndpoint
 * @see ContainerLogsEndpoint
 */
@Dependent
@Path("/internal/v1")
public class ContainerInternalResource implements ApiResource {

  private static final JsonObject CREATED =
      JsonBuilders.object().add("Warnings", JsonValue.EMPTY_JSON_ARRAY).build();

  private final Containers containers;
  private final InternalErrors errors;

  /** Serves the engine's containers. */
  @Inject
  public ContainerInternalResource(Engine engine) {
    this.containers = engine.containers();
    this.errors = new InternalErrors(engine);
  }

  /** Serves {@link Containers#list}. */
  @GET
  @Path("containers")
  public Operation list() {
    return call -> containers.list(call);
  }

  /** Serves {@link Containers#create}; a 404 names the image if that is what is missing. */
  @POST
  @Path("containers")
  public Operation create() {
    return this::createOrNameImage;
  }

  /** Serves {@link Containers#inspect}. */
  @GET
  @Path("containers/{id}")
  public Operation inspect(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.inspect(id, call));
  }

  /** Serves {@link Containers#remove}. */
  @DELETE
  @Path("containers/{id}")
  public Operation remove(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.remove(id, call));
  }

  /** Serves {@link Containers#start}. */
  @POST
  @Path("containers/{id}/start")
  public Operation start(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.start(id, call));
  }

  /** Serves {@link Containers#stop}. */
  @POST
  @Path("containers/{id}/stop")
  public Operation stop(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.stop(id, call));
  }

  /** Serves {@link Containers#restart}. */
  @POST
  @Path("containers/{id}/restart")
  public Operation restart(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.restart(id, call));
  }

  /** Serves {@link Containers#kill}. */
  @POST
  @Path("containers/{id}/kill")
  public Operation kill(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.kill(id, call));
  }

  /** Serves {@link Containers#pause}. */
  @POST
  @Path("containers/{id}/pause")
  public Operation pause(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.pause(id, call));
  }

  /** Serves {@link Containers#unpause}. */
  @POST
  @Path("containers/{id}/unpause")
  public Operation unpause(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.unpause(id, call));
  }

  /** Serves {@link Containers#rename}. */
  @POST
  @Path("containers/{id}/rename")
  public Operation rename(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.rename(id, call));
  }

  /** Serves {@link Containers#update}. */
  @POST
  @Path("containers/{id}/update")
  public Operation update(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.update(id, call));
  }

  /** Serves {@link Containers#resize}. */
  @POST
  @Path("containers/{id}/resize")
  public Operation resize(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.resize(id, call));
  }

  /** Serves {@link Containers#waitFor}. */
  @POST
  @Path("containers/{id}/wait")
  public Operation waitFor(@PathParam("id") String id) {
    return errors.about(
        errors.container(id),
        call -> Documents.changeLate(containers.waitFor(id, call), ExitDocument::of));
  }

  /** Serves {@link Containers#logs}. */
  @GET
  @Path("containers/{id}/logs")
  public Operation logs(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.logs(id, call));
  }

  /** Serves {@link Containers#attach}. */
  @POST
  @Path("containers/{id}/attach")
  public Operation attach() {
    return EdgeOnly.refuse();
  }

  /** Serves {@link Containers#top}. */
  @GET
  @Path("containers/{id}/top")
  public Operation top(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.top(id, call));
  }

  /** Serves {@link Containers#stats}. */
  @GET
  @Path("containers/{id}/stats")
  public Operation stats(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.stats(id, call));
  }

  /** Serves {@link Containers#changes}. */
  @GET
  @Path("containers/{id}/changes")
  public Operation changes(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.changes(id, call));
  }

  /** Serves {@link Containers#export}. */
  @GET
  @Path("containers/{id}/export")
  public Operation export(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.export(id, call));
  }

  /** Serves {@link Containers#commit}. */
  @POST
  @Path("containers/{id}/commit")
  public Operation commit(@PathParam("id") String id) {
    return errors.about(
        errors.container(id),
        call ->
            containers.commit(call.with(call.query().without("container").and("container", id))));
  }

  /** Serves {@link Containers#statPath}. */
  @HEAD
  @Path("containers/{id}/archive")
  public Operation statPath(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.statPath(id, call));
  }

  /** Serves {@link Containers#getArchive}. */
  @GET
  @Path("containers/{id}/archive")
  public Operation getArchive(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.getArchive(id, call));
  }

  /** Serves {@link Containers#putArchive}. */
  @PUT
  @Path("containers/{id}/archive")
  public Operation putArchive(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> containers.putArchive(id, call));
  }

  /** Serves {@link Containers#prune}. */
  @POST
  @Path("containers/prune")
  public Operation prune() {
    return call -> containers.prune(call);
  }

  private Answer createOrNameImage(Call call) {
    byte[] spec = call.body().bytes();
    String image = Body.parse(spec).getString("Image", "");
    Answer created =
        errors.about(
            List.of(errors.image(image)), call, () -> containers.create(call.with(Body.of(spec))));
    return Documents.complete(created, CREATED);
  }
}
