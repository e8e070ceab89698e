package io.sockerless.image;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Images;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The Docker Engine API of {@link Images}: each method names its path and hands the call on. */
@Dependent
@Path("/")
public class ImageResource implements ApiResource {

  private final Images images;

  /** Serves the engine's images. */
  @Inject
  public ImageResource(Engine engine) {
    this.images = engine.images();
  }

  /** Serves {@link Images#list}. */
  @GET
  @Path("images/json")
  public Operation list() {
    return call -> images.list(call);
  }

  /** Serves {@link Images#build}. */
  @POST
  @Path("build")
  public Operation build() {
    return call -> images.build(call);
  }

  /** Serves {@link Images#prune}. */
  @POST
  @Path("images/prune")
  public Operation prune() {
    return call -> images.prune(call);
  }

  /** Serves {@link Images#pruneBuilds}. */
  @POST
  @Path("build/prune")
  public Operation pruneBuilds() {
    return call -> images.pruneBuilds(call);
  }

  /** Serves {@link Images#cancelBuild}. */
  @POST
  @Path("build/cancel")
  public Operation cancelBuild() {
    return call -> images.cancelBuild(call);
  }

  /** Serves {@link Images#create}. */
  @POST
  @Path("images/create")
  public Operation create() {
    return call -> images.create(call);
  }

  /** Serves {@link Images#inspect}. */
  @GET
  @Path("images/{name:.+}/json")
  public Operation inspect(@PathParam("name") String name) {
    return call -> images.inspect(name, call);
  }

  /** Serves {@link Images#history}. */
  @GET
  @Path("images/{name:.+}/history")
  public Operation history(@PathParam("name") String name) {
    return call -> images.history(name, call);
  }

  /** Serves {@link Images#push}. */
  @POST
  @Path("images/{name:.+}/push")
  public Operation push(@PathParam("name") String name) {
    return call -> images.push(name, call);
  }

  /** Serves {@link Images#tag}. */
  @POST
  @Path("images/{name:.+}/tag")
  public Operation tag(@PathParam("name") String name) {
    return call -> images.tag(name, call);
  }

  /** Serves {@link Images#remove}. */
  @DELETE
  @Path("images/{name:.+}")
  public Operation remove(@PathParam("name") String name) {
    return call -> images.remove(name, call);
  }

  /** Serves {@link Images#search}. */
  @GET
  @Path("images/search")
  public Operation search() {
    return call -> images.search(call);
  }

  /** Serves {@link Images#save}. */
  @GET
  @Path("images/{name:.+}/get")
  public Operation save(@PathParam("name") String name) {
    return call -> images.save(name, call);
  }

  /** Serves {@link Images#saveAll}. */
  @GET
  @Path("images/get")
  public Operation saveAll() {
    return call -> images.saveAll(call);
  }

  /** Serves {@link Images#load}. */
  @POST
  @Path("images/load")
  public Operation load() {
    return call -> images.load(call);
  }

  /** Serves {@link Images#distribution}. */
  @GET
  @Path("distribution/{name:.+}/json")
  public Operation distribution(@PathParam("name") String name) {
    return call -> images.distribution(name, call);
  }
}
