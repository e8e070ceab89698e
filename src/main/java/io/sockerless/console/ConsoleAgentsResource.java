package io.sockerless.console;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.engine.AgentLabels;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Which containers run elsewhere, and whether their agents are there. */
@Dependent
@Path("/console/api")
public class ConsoleAgentsResource implements ApiResource {

  private static final Query WITH_AGENTS =
      Query.none().and("all", "true").and("filters", "{\"label\":[\"" + AgentLabels.MODE + "\"]}");

  private final Containers containers;
  private final AgentRegistry agents;

  /** Serves the agents of the engine's containers. */
  @Inject
  public ConsoleAgentsResource(Engine engine, AgentRegistry agents) {
    this.containers = engine.containers();
    this.agents = agents;
  }

  /**
   * A document for each container that has an agent, or waits for one. The engine is asked for the
   * containers, so that nobody learns of one here that is not shown to them elsewhere.
   */
  @GET
  @Path("agents")
  public Operation list() {
    return call -> Answer.json(200, list(call));
  }

  private JsonArray list(Call call) {
    JsonArrayBuilder list = JsonBuilders.array();
    for (JsonObject container :
        containers
            .list(call.follow(WITH_AGENTS))
            .document()
            .asJsonArray()
            .getValuesAs(JsonObject.class)) {
      list.add(agent(container));
    }
    return list.build();
  }

  private JsonObject agent(JsonObject container) {
    String id = container.getString("Id");
    return JsonBuilders.object()
        .add("Container", id)
        .add("Name", container.getJsonArray("Names").getString(0).substring(1))
        .add("State", container.getString("State"))
        .add("Mode", container.getJsonObject("Labels").getString(AgentLabels.MODE))
        .add("Connected", agents.connected(id).isPresent())
        .build();
  }
}
