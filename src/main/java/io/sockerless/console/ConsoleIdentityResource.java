package io.sockerless.console;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Identity;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.http.ApiResource;
import io.sockerless.http.Operation;
import jakarta.enterprise.context.Dependent;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Whom the server takes the browser's user for, which a certificate or a log-in may have told. */
@Dependent
@Path("/console/api")
public class ConsoleIdentityResource implements ApiResource {

  /** The name, and whether it is known at all. */
  @GET
  @Path("identity")
  public Operation identity() {
    return call -> Answer.json(200, document(call.identity()));
  }

  private static JsonObject document(Identity identity) {
    return JsonBuilders.object()
        .add("Name", identity.name())
        .add("Known", !identity.equals(Identity.ANONYMOUS))
        .build();
  }
}
