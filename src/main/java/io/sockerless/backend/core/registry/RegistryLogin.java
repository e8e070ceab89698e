package io.sockerless.backend.core.registry;

import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Checks credentials with a registry, for {@code docker login}. */
public final class RegistryLogin {

  private final Registries registries;

  /** Uses what images are pulled with. */
  public RegistryLogin(Registries registries) {
    this.registries = registries;
  }

  /**
   * Shows the credentials of the Docker API's {@code AuthConfig} to the registry that it names;
   * without a name that is Docker Hub.
   *
   * @return the identity token, empty if the registry gives none
   * @throws EngineException 401 if it refuses them, 500 if it does not answer, in dockerd's words
   */
  public String login(JsonObject authConfig) {
    Credentials credentials = Credentials.of(authConfig);
    String server = Credentials.hostOf(authConfig.getString("serveraddress", ""));
    try {
      RegistrySession session = registries.session(registries.bases(server), credentials);
      Optional<Challenge> challenge = session.challenge();
      if (challenge.isPresent() && challenge.get().scheme().equals("bearer")) {
        return new Tokens(registries.http(), credentials).identity(challenge.get());
      }
      URI ping = session.url("/v2/");
      HttpResponse<InputStream> answer =
          session.send(HttpRequest.newBuilder(ping).GET(), List.of(), 401);
      Http.closeQuietly(answer);
      if (answer.statusCode() == 401) {
        throw refused("login attempt to " + ping + " failed with status: 401 Unauthorized");
      }
      return "";
    } catch (RegistryException e) {
      throw e.status() == 401 || e.status() == 403
          ? refused(RegistryErrors.text(e))
          : new EngineException.Failure(500, RegistryErrors.text(e));
    } catch (IOException e) {
      throw new EngineException.Failure(500, RegistryErrors.text(e));
    }
  }

  private static EngineException refused(String message) {
    return new EngineException.Failure(401, message);
  }
}
