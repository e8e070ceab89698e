package io.sockerless.system;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What the backend can do. */
@Singleton
@Path("/internal/v1")
public class CapabilitiesResource implements ApiResource {
  private final Engine engine;

  /** Speaks of this engine. */
  @Inject
  public CapabilitiesResource(Engine engine) {
    this.engine = engine;
  }

  /** The backend, its version, and what it has. */
  @GET
  @Path("capabilities")
  public Operation capabilities() {
    return call ->
        Answer.json(
            200,
            Json.createObjectBuilder()
                .add("backend", engine.backend())
                .add("capabilities", engine.capabilities().document())
                .build());
  }
}
