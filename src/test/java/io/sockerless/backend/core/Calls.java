package io.sockerless.backend.core;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Query;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Calls as clients make them. */
public final class Calls {

  private Calls() {}

  /** A call with a body. */
  public static Call body(String json) {
    return Call.of(Query.none())
        .with(Body.of(json.getBytes(StandardCharsets.UTF_8)))
        .withHeader("Content-Type", "application/json");
  }

  /** A call with parameters, {@code name, value, …}, not encoded. */
  public static Call query(String... parameters) {
    Query query = Query.none();
    for (int i = 0; i < parameters.length; i += 2) {
      query = query.and(parameters[i], parameters[i + 1]);
    }
    return Call.of(query);
  }

  /** A call with filters. */
  public static Call filters(String json) {
    return query("filters", json);
  }

  /** The same call by a client that speaks an older version. */
  public static Call version(String version, Call call) {
    return new Call(
        Optional.of(version), call.query(), call.headers(), call.body(), call.cancellation());
  }
}
