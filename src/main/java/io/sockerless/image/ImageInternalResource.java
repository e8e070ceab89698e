package io.sockerless.image;

import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Images;
import io.sockerless.http.ApiResource;
import io.sockerless.http.InternalErrors;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The internal API of {@link Images}: each method names its path and hands the call on. */
@Dependent
@Path("/internal/v1")
public class ImageInternalResource implements ApiResource {

  private static final String NAME = "name";

  private final Images images;
  private final PullRequest pull;
  private final InternalErrors errors;

  /** Serves the engine's images. */
  @Inject
  public ImageInternalResource(Engine engine) {
    this.images = engine.images();
    this.pull = new PullRequest(engine.images());
    this.errors = new InternalErrors(engine);
  }

  /** Serves {@link Images#list}. */
  @GET
  @Path("images")
  public Operation list() {
    return call -> images.list(call);
  }

  /** Serves {@link Images#create} for a {@code Reference} and {@code Auth} in the body. */
  @POST
  @Path("images/pull")
  public Operation pull() {
    return call -> pull.run(call);
  }

  /** Serves {@link Images#create}. */
  @POST
  @Path("images/create")
  public Operation create() {
    return call -> images.create(call);
  }

  /** Serves {@link Images#load}. */
  @POST
  @Path("images/load")
  public Operation load() {
    return call -> images.load(call);
  }

  /** Serves {@link Images#build}. */
  @POST
  @Path("images/build")
  public Operation build() {
    return call -> images.build(call);
  }

  /** Serves {@link Images#prune}. */
  @POST
  @Path("images/prune")
  public Operation prune() {
    return call -> images.prune(call);
  }

  /** Serves {@link Images#search}. */
  @GET
  @Path("images/search")
  public Operation search() {
    return call -> images.search(call);
  }

  /** Serves {@link Images#saveAll}. */
  @GET
  @Path("images/get")
  public Operation saveAll() {
    return call -> images.saveAll(call);
  }

  /** Serves {@link Images#inspect} for the {@code name} of the query. */
  @GET
  @Path("images/inspect")
  public Operation inspectByQuery() {
    return call -> inspect(named(call)).run(unnamed(call));
  }

  /** Serves {@link Images#tag} for the {@code name} of the query. */
  @POST
  @Path("images/tag")
  public Operation tagByQuery() {
    return call -> tag(named(call)).run(unnamed(call));
  }

  /** Serves {@link Images#inspect}. */
  @GET
  @Path("images/{name:.+}")
  public Operation inspect(@PathParam("name") String name) {
    return errors.about(errors.image(name), call -> images.inspect(name, call));
  }

  /** Serves {@link Images#remove}. */
  @DELETE
  @Path("images/{name:.+}")
  public Operation remove(@PathParam("name") String name) {
    return errors.about(errors.image(name), call -> images.remove(name, call));
  }

  /** Serves {@link Images#history}. */
  @GET
  @Path("images/{name:.+}/history")
  public Operation history(@PathParam("name") String name) {
    return errors.about(errors.image(name), call -> images.history(name, call));
  }

  /** Serves {@link Images#save}. */
  @GET
  @Path("images/{name:.+}/get")
  public Operation save(@PathParam("name") String name) {
    return errors.about(errors.image(name), call -> images.save(name, call));
  }

  /** Serves {@link Images#tag}. */
  @POST
  @Path("images/{name:.+}/tag")
  public Operation tag(@PathParam("name") String name) {
    return errors.about(errors.image(name), call -> images.tag(name, call));
  }

  /** Serves {@link Images#push}. */
  @POST
  @Path("images/{name:.+}/push")
  public Operation push(@PathParam("name") String name) {
    return errors.about(errors.image(name), call -> images.push(name, call));
  }

  private static String named(Call call) {
    return call.query()
        .first(NAME)
        .filter(name -> !name.isBlank())
        .orElseThrow(() -> new EngineException.InvalidParameter("name is required"));
  }

  private static Call unnamed(Call call) {
    return call.with(call.query().without(NAME));
  }
}
