package io.sockerless.swarm;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Swarm;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The Docker Engine API of {@link Swarm}: each method names its path and hands the call on. */
@Dependent
@Path("/")
public class SwarmResource implements ApiResource {

  private final Swarm swarm;

  /** Serves the engine's swarm. */
  @Inject
  public SwarmResource(Engine engine) {
    this.swarm = engine.swarm();
  }

  /** Serves {@link Swarm#inspect}. */
  @GET
  @Path("swarm")
  public Operation inspect() {
    return call -> swarm.inspect(call);
  }

  /** Serves {@link Swarm#init}. */
  @POST
  @Path("swarm/init")
  public Operation init() {
    return call -> swarm.init(call);
  }

  /** Serves {@link Swarm#join}. */
  @POST
  @Path("swarm/join")
  public Operation join() {
    return call -> swarm.join(call);
  }

  /** Serves {@link Swarm#leave}. */
  @POST
  @Path("swarm/leave")
  public Operation leave() {
    return call -> swarm.leave(call);
  }

  /** Serves {@link Swarm#update}. */
  @POST
  @Path("swarm/update")
  public Operation update() {
    return call -> swarm.update(call);
  }

  /** Serves {@link Swarm#unlockKey}. */
  @GET
  @Path("swarm/unlockkey")
  public Operation unlockKey() {
    return call -> swarm.unlockKey(call);
  }

  /** Serves {@link Swarm#unlock}. */
  @POST
  @Path("swarm/unlock")
  public Operation unlock() {
    return call -> swarm.unlock(call);
  }

  /** Serves {@link Swarm#listNodes}. */
  @GET
  @Path("nodes")
  public Operation listNodes() {
    return call -> swarm.listNodes(call);
  }

  /** Serves {@link Swarm#inspectNode}. */
  @GET
  @Path("nodes/{id}")
  public Operation inspectNode(@PathParam("id") String id) {
    return call -> swarm.inspectNode(id, call);
  }

  /** Serves {@link Swarm#removeNode}. */
  @DELETE
  @Path("nodes/{id}")
  public Operation removeNode(@PathParam("id") String id) {
    return call -> swarm.removeNode(id, call);
  }

  /** Serves {@link Swarm#updateNode}. */
  @POST
  @Path("nodes/{id}/update")
  public Operation updateNode(@PathParam("id") String id) {
    return call -> swarm.updateNode(id, call);
  }

  /** Serves {@link Swarm#listServices}. */
  @GET
  @Path("services")
  public Operation listServices() {
    return call -> swarm.listServices(call);
  }

  /** Serves {@link Swarm#createService}. */
  @POST
  @Path("services/create")
  public Operation createService() {
    return call -> swarm.createService(call);
  }

  /** Serves {@link Swarm#inspectService}. */
  @GET
  @Path("services/{id}")
  public Operation inspectService(@PathParam("id") String id) {
    return call -> swarm.inspectService(id, call);
  }

  /** Serves {@link Swarm#removeService}. */
  @DELETE
  @Path("services/{id}")
  public Operation removeService(@PathParam("id") String id) {
    return call -> swarm.removeService(id, call);
  }

  /** Serves {@link Swarm#updateService}. */
  @POST
  @Path("services/{id}/update")
  public Operation updateService(@PathParam("id") String id) {
    return call -> swarm.updateService(id, call);
  }

  /** Serves {@link Swarm#serviceLogs}. */
  @GET
  @Path("services/{id}/logs")
  public Operation serviceLogs(@PathParam("id") String id) {
    return call -> swarm.serviceLogs(id, call);
  }

  /** Serves {@link Swarm#listTasks}. */
  @GET
  @Path("tasks")
  public Operation listTasks() {
    return call -> swarm.listTasks(call);
  }

  /** Serves {@link Swarm#inspectTask}. */
  @GET
  @Path("tasks/{id}")
  public Operation inspectTask(@PathParam("id") String id) {
    return call -> swarm.inspectTask(id, call);
  }

  /** Serves {@link Swarm#taskLogs}. */
  @GET
  @Path("tasks/{id}/logs")
  public Operation taskLogs(@PathParam("id") String id) {
    return call -> swarm.taskLogs(id, call);
  }

  /** Serves {@link Swarm#listSecrets}. */
  @GET
  @Path("secrets")
  public Operation listSecrets() {
    return call -> swarm.listSecrets(call);
  }

  /** Serves {@link Swarm#createSecret}. */
  @POST
  @Path("secrets/create")
  public Operation createSecret() {
    return call -> swarm.createSecret(call);
  }

  /** Serves {@link Swarm#inspectSecret}. */
  @GET
  @Path("secrets/{id}")
  public Operation inspectSecret(@PathParam("id") String id) {
    return call -> swarm.inspectSecret(id, call);
  }

  /** Serves {@link Swarm#removeSecret}. */
  @DELETE
  @Path("secrets/{id}")
  public Operation removeSecret(@PathParam("id") String id) {
    return call -> swarm.removeSecret(id, call);
  }

  /** Serves {@link Swarm#updateSecret}. */
  @POST
  @Path("secrets/{id}/update")
  public Operation updateSecret(@PathParam("id") String id) {
    return call -> swarm.updateSecret(id, call);
  }

  /** Serves {@link Swarm#listConfigs}. */
  @GET
  @Path("configs")
  public Operation listConfigs() {
    return call -> swarm.listConfigs(call);
  }

  /** Serves {@link Swarm#createConfig}. */
  @POST
  @Path("configs/create")
  public Operation createConfig() {
    return call -> swarm.createConfig(call);
  }

  /** Serves {@link Swarm#inspectConfig}. */
  @GET
  @Path("configs/{id}")
  public Operation inspectConfig(@PathParam("id") String id) {
    return call -> swarm.inspectConfig(id, call);
  }

  /** Serves {@link Swarm#removeConfig}. */
  @DELETE
  @Path("configs/{id}")
  public Operation removeConfig(@PathParam("id") String id) {
    return call -> swarm.removeConfig(id, call);
  }

  /** Serves {@link Swarm#updateConfig}. */
  @POST
  @Path("configs/{id}/update")
  public Operation updateConfig(@PathParam("id") String id) {
    return call -> swarm.updateConfig(id, call);
  }
}
