package io.sockerless.image;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Images;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The internal API's pull, whose parameters are a document, in Docker's terms, where they are a
 * query and a header.
 */
final class PullRequest {

  private static final String AUTH = "X-Registry-Auth";

  private final Images images;

  PullRequest(Images images) {
    this.images = images;
  }

  /** Answers once the registry has; progress is streamed. */
  Answer run(Call call) {
    JsonObject request = call.body().document();
    String reference = request.getString("Reference", "").strip();
    if (reference.isEmpty()) {
      throw new EngineException.InvalidParameter("Reference is required");
    }
    Query query = call.query().and("fromImage", reference);
    if (!hasTagOrDigest(reference)) {
      // Without one, Docker pulls every tag.
      query = query.and("tag", "latest");
    }
    Call pull = call.with(query).with(Body.none());
    Optional<String> auth = auth(request.getOrDefault("Auth", JsonValue.NULL));
    Call authorized = auth.isPresent() ? pull.withHeader(AUTH, auth.get()) : pull;
    try {
      return images.create(authorized);
    } catch (EngineException.NotFound e) {
      // The registry's words tell "no such tag" from "log in first".
      throw new EngineException.NotFound("No such image: " + reference + ": " + e.text());
    }
  }

  private static Optional<String> auth(JsonValue auth) {
    return switch (auth) {
      case JsonString encoded when !encoded.getString().isEmpty() ->
          Optional.of(encoded.getString());
      case JsonObject credentials ->
          Optional.of(
              Base64.getUrlEncoder()
                  .encodeToString(credentials.toString().getBytes(StandardCharsets.UTF_8)));
      default -> Optional.empty();
    };
  }

  private static boolean hasTagOrDigest(String reference) {
    return reference.indexOf('@') >= 0
        || reference.indexOf(':', reference.lastIndexOf('/') + 1) >= 0;
  }
}
