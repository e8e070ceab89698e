package io.sockerless.exec;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Execs;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The Docker Engine API of {@link Execs}: each method names its path and hands the call on. */
@Dependent
@Path("/")
public class ExecResource implements ApiResource {

  private final Execs execs;

  /** Serves the engine's execs. */
  @Inject
  public ExecResource(Engine engine) {
    this.execs = engine.execs();
  }

  /** Serves {@link Execs#create}. */
  @POST
  @Path("containers/{id:.+}/exec")
  public Operation create(@PathParam("id") String id) {
    return call -> execs.create(id, call);
  }

  /** Serves {@link Execs#start}. */
  @POST
  @Path("exec/{id}/start")
  public Operation start(@PathParam("id") String id) {
    return call -> execs.start(id, call);
  }

  /** Serves {@link Execs#resize}. */
  @POST
  @Path("exec/{id}/resize")
  public Operation resize(@PathParam("id") String id) {
    return call -> execs.resize(id, call);
  }

  /** Serves {@link Execs#inspect}. */
  @GET
  @Path("exec/{id}/json")
  public Operation inspect(@PathParam("id") String id) {
    return call -> execs.inspect(id, call);
  }
}
