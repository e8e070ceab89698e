package io.sockerless.exec;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Execs;
import io.sockerless.http.ApiResource;
import io.sockerless.http.InternalErrors;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The internal API of {@link Execs}: each method names its path and hands the call on. */
@Dependent
@Path("/internal/v1")
public class ExecInternalResource implements ApiResource {

  private final Execs execs;
  private final InternalErrors errors;

  /** Serves the engine's execs. */
  @Inject
  public ExecInternalResource(Engine engine) {
    this.execs = engine.execs();
    this.errors = new InternalErrors(engine);
  }

  /** Serves {@link Execs#create}. */
  @POST
  @Path("containers/{id}/exec")
  public Operation create(@PathParam("id") String id) {
    return errors.about(errors.container(id), call -> execs.create(id, call));
  }

  /** Serves {@link Execs#inspect}. */
  @GET
  @Path("exec/{id}")
  public Operation inspect(@PathParam("id") String id) {
    return errors.about(errors.exec(id), call -> execs.inspect(id, call));
  }

  /** Serves {@link Execs#start}. */
  @POST
  @Path("exec/{id}/start")
  public Operation start(@PathParam("id") String id) {
    return errors.about(errors.exec(id), call -> execs.start(id, call));
  }

  /** Serves {@link Execs#resize}. */
  @POST
  @Path("exec/{id}/resize")
  public Operation resize(@PathParam("id") String id) {
    return errors.about(errors.exec(id), call -> execs.resize(id, call));
  }
}
