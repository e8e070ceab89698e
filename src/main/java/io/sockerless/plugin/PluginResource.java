package io.sockerless.plugin;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Plugins;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The Docker Engine API of {@link Plugins}: each method names its path and hands the call on. */
@Dependent
@Path("/")
public class PluginResource implements ApiResource {

  private final Plugins plugins;

  /** Serves the engine's plugins. */
  @Inject
  public PluginResource(Engine engine) {
    this.plugins = engine.plugins();
  }

  /** Serves {@link Plugins#list}. */
  @GET
  @Path("plugins")
  public Operation list() {
    return call -> plugins.list(call);
  }

  /** Serves {@link Plugins#privileges}. */
  @GET
  @Path("plugins/privileges")
  public Operation privileges() {
    return call -> plugins.privileges(call);
  }

  /** Serves {@link Plugins#pull}. */
  @POST
  @Path("plugins/pull")
  public Operation pull() {
    return call -> plugins.pull(call);
  }

  /** Serves {@link Plugins#inspect}. */
  @GET
  @Path("plugins/{name:.+}/json")
  public Operation inspect(@PathParam("name") String name) {
    return call -> plugins.inspect(name, call);
  }

  /** Serves {@link Plugins#remove}. */
  @DELETE
  @Path("plugins/{name:.+}")
  public Operation remove(@PathParam("name") String name) {
    return call -> plugins.remove(name, call);
  }

  /** Serves {@link Plugins#enable}. */
  @POST
  @Path("plugins/{name:.+}/enable")
  public Operation enable(@PathParam("name") String name) {
    return call -> plugins.enable(name, call);
  }

  /** Serves {@link Plugins#disable}. */
  @POST
  @Path("plugins/{name:.+}/disable")
  public Operation disable(@PathParam("name") String name) {
    return call -> plugins.disable(name, call);
  }

  /** Serves {@link Plugins#upgrade}. */
  @POST
  @Path("plugins/{name:.+}/upgrade")
  public Operation upgrade(@PathParam("name") String name) {
    return call -> plugins.upgrade(name, call);
  }

  /** Serves {@link Plugins#create}. */
  @POST
  @Path("plugins/create")
  public Operation create() {
    return call -> plugins.create(call);
  }

  /** Serves {@link Plugins#push}. */
  @POST
  @Path("plugins/{name:.+}/push")
  public Operation push(@PathParam("name") String name) {
    return call -> plugins.push(name, call);
  }

  /** Serves {@link Plugins#set}. */
  @POST
  @Path("plugins/{name:.+}/set")
  public Operation set(@PathParam("name") String name) {
    return call -> plugins.set(name, call);
  }
}
