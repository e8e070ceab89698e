package io.sockerless.image;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Images;
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

/** The Docker Engine API of {@link Images}: each method names its path and hands the call on. */
@Singleton
@Path("/")
public class ImageResource {

  private final Images images;

  /** Serves the engine's images. */
  @Inject
  public ImageResource(Engine engine) {
    this.images = engine.images();
  }

  /** Serves {@link Images#list}. */
  @GET
  @Path("images/json")
  public Operation list(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.list(call));
  }

  /** Serves {@link Images#build}. */
  @POST
  @Path("build")
  public Operation build(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.build(call));
  }

  /** Serves {@link Images#prune}. */
  @POST
  @Path("images/prune")
  public Operation prune(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.prune(call));
  }

  /** Serves {@link Images#pruneBuilds}. */
  @POST
  @Path("build/prune")
  public Operation pruneBuilds(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.pruneBuilds(call));
  }

  /** Serves {@link Images#cancelBuild}. */
  @POST
  @Path("build/cancel")
  public Operation cancelBuild(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.cancelBuild(call));
  }

  /** Serves {@link Images#create}. */
  @POST
  @Path("images/create")
  public Operation create(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.create(call));
  }

  /** Serves {@link Images#inspect}. */
  @GET
  @Path("images/{name:.+}/json")
  public Operation inspect(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.inspect(name, call));
  }

  /** Serves {@link Images#history}. */
  @GET
  @Path("images/{name:.+}/history")
  public Operation history(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.history(name, call));
  }

  /** Serves {@link Images#push}. */
  @POST
  @Path("images/{name:.+}/push")
  public Operation push(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.push(name, call));
  }

  /** Serves {@link Images#tag}. */
  @POST
  @Path("images/{name:.+}/tag")
  public Operation tag(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.tag(name, call));
  }

  /** Serves {@link Images#remove}. */
  @DELETE
  @Path("images/{name:.+}")
  public Operation remove(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.remove(name, call));
  }

  /** Serves {@link Images#search}. */
  @GET
  @Path("images/search")
  public Operation search(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.search(call));
  }

  /** Serves {@link Images#save}. */
  @GET
  @Path("images/{name:.+}/get")
  public Operation save(@PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.save(name, call));
  }

  /** Serves {@link Images#saveAll}. */
  @GET
  @Path("images/get")
  public Operation saveAll(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.saveAll(call));
  }

  /** Serves {@link Images#load}. */
  @POST
  @Path("images/load")
  public Operation load(@Context HttpServletRequest request) {
    return Operation.of(request, call -> images.load(call));
  }

  /** Serves {@link Images#distribution}. */
  @GET
  @Path("distribution/{name:.+}/json")
  public Operation distribution(
      @PathParam("name") String name, @Context HttpServletRequest request) {
    return Operation.of(request, call -> images.distribution(name, call));
  }
}
