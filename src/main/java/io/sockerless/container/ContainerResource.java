package io.sockerless.container;

import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.http.ApiResource;
import io.sockerless.http.EdgeOnly;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/**
 * The Docker Engine API of {@link Containers}: each method names its path and hands the call on.
 */
@Dependent
@Path("/")
public class ContainerResource implements ApiResource {

  private final Containers containers;

  /** Serves the engine's containers. */
  @Inject
  public ContainerResource(Engine engine) {
    this.containers = engine.containers();
  }

  /** Serves {@link Containers#list}. */
  @GET
  @Path("containers/json")
  public Operation list() {
    return call -> containers.list(call);
  }

  /** Serves {@link Containers#create}. */
  @POST
  @Path("containers/create")
  public Operation create() {
    return call -> containers.create(call);
  }

  /** Serves {@link Containers#inspect}. */
  @GET
  @Path("containers/{id:.+}/json")
  public Operation inspect(@PathParam("id") String id) {
    return call -> containers.inspect(id, call);
  }

  /** Serves {@link Containers#top}. */
  @GET
  @Path("containers/{id:.+}/top")
  public Operation top(@PathParam("id") String id) {
    return call -> containers.top(id, call);
  }

  /** Serves {@link Containers#logs}. */
  @GET
  @Path("containers/{id:.+}/logs")
  public Operation logs(@PathParam("id") String id) {
    return call -> containers.logs(id, call);
  }

  /** Serves {@link Containers#changes}. */
  @GET
  @Path("containers/{id:.+}/changes")
  public Operation changes(@PathParam("id") String id) {
    return call -> containers.changes(id, call);
  }

  /** Serves {@link Containers#export}. */
  @GET
  @Path("containers/{id:.+}/export")
  public Operation export(@PathParam("id") String id) {
    return call -> containers.export(id, call);
  }

  /** Serves {@link Containers#stats}. */
  @GET
  @Path("containers/{id:.+}/stats")
  public Operation stats(@PathParam("id") String id) {
    return call -> containers.stats(id, call);
  }

  /** Serves {@link Containers#resize}. */
  @POST
  @Path("containers/{id:.+}/resize")
  public Operation resize(@PathParam("id") String id) {
    return call -> containers.resize(id, call);
  }

  /** Serves {@link Containers#start}. */
  @POST
  @Path("containers/{id:.+}/start")
  public Operation start(@PathParam("id") String id) {
    return call -> containers.start(id, call);
  }

  /** Serves {@link Containers#stop}. */
  @POST
  @Path("containers/{id:.+}/stop")
  public Operation stop(@PathParam("id") String id) {
    return call -> containers.stop(id, call);
  }

  /** Serves {@link Containers#restart}. */
  @POST
  @Path("containers/{id:.+}/restart")
  public Operation restart(@PathParam("id") String id) {
    return call -> containers.restart(id, call);
  }

  /** Serves {@link Containers#kill}. */
  @POST
  @Path("containers/{id:.+}/kill")
  public Operation kill(@PathParam("id") String id) {
    return call -> containers.kill(id, call);
  }

  /** Serves {@link Containers#update}. */
  @POST
  @Path("containers/{id:.+}/update")
  public Operation update(@PathParam("id") String id) {
    return call -> containers.update(id, call);
  }

  /** Serves {@link Containers#rename}. */
  @POST
  @Path("containers/{id:.+}/rename")
  public Operation rename(@PathParam("id") String id) {
    return call -> containers.rename(id, call);
  }

  /** Serves {@link Containers#pause}. */
  @POST
  @Path("containers/{id:.+}/pause")
  public Operation pause(@PathParam("id") String id) {
    return call -> containers.pause(id, call);
  }

  /** Serves {@link Containers#unpause}. */
  @POST
  @Path("containers/{id:.+}/unpause")
  public Operation unpause(@PathParam("id") String id) {
    return call -> containers.unpause(id, call);
  }

  /** Serves {@link Containers#attach}. */
  @POST
  @Path("containers/{id:.+}/attach")
  public Operation attach() {
    return EdgeOnly.refuse();
  }

  /** Serves {@link Containers#attachWebSocket}. */
  @GET
  @Path("containers/{id:.+}/attach/ws")
  public Operation attachWebSocket() {
    return EdgeOnly.refuse();
  }

  /** Serves {@link Containers#waitFor}. */
  @POST
  @Path("containers/{id:.+}/wait")
  public Operation waitFor(@PathParam("id") String id) {
    return call -> containers.waitFor(id, call);
  }

  /** Serves {@link Containers#remove}. */
  @DELETE
  @Path("containers/{id:.+}")
  public Operation remove(@PathParam("id") String id) {
    return call -> containers.remove(id, call);
  }

  /** Serves {@link Containers#statPath}. */
  @HEAD
  @Path("containers/{id:.+}/archive")
  public Operation statPath(@PathParam("id") String id) {
    return call -> containers.statPath(id, call);
  }

  /** Serves {@link Containers#getArchive}. */
  @GET
  @Path("containers/{id:.+}/archive")
  public Operation getArchive(@PathParam("id") String id) {
    return call -> containers.getArchive(id, call);
  }

  /** Serves {@link Containers#putArchive}. */
  @PUT
  @Path("containers/{id:.+}/archive")
  public Operation putArchive(@PathParam("id") String id) {
    return call -> containers.putArchive(id, call);
  }

  /** Serves {@link Containers#prune}. */
  @POST
  @Path("containers/prune")
  public Operation prune() {
    return call -> containers.prune(call);
  }

  /** Serves {@link Containers#commit}. */
  @POST
  @Path("commit")
  public Operation commit() {
    return call -> containers.commit(call);
  }

  /** Serves {@link Containers#listCheckpoints}. */
  @GET
  @Path("containers/{id:.+}/checkpoints")
  public Operation listCheckpoints(@PathParam("id") String id) {
    return call -> containers.listCheckpoints(id, call);
  }

  /** Serves {@link Containers#createCheckpoint}. */
  @POST
  @Path("containers/{id:.+}/checkpoints")
  public Operation createCheckpoint(@PathParam("id") String id) {
    return call -> containers.createCheckpoint(id, call);
  }

  /** Serves {@link Containers#removeCheckpoint}. */
  @DELETE
  @Path("containers/{id:.+}/checkpoints/{checkpoint}")
  public Operation removeCheckpoint(
      @PathParam("id") String id, @PathParam("checkpoint") String checkpoint) {
    return call -> containers.removeCheckpoint(id, checkpoint, call);
  }
}
