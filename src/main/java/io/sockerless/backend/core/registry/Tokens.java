package io.sockerless.backend.core.registry;

import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.JsonSyntax;
import io.sockerless.wire.Loopback;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Asks the server that a registry names for tokens. Credentials go to it over TLS, or on this
 * machine, or not at all.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">the token
 *     specification</a>
 */
final class Tokens {

  private static final int MAX_ANSWER = 1024 * 1024;
  private static final String CLIENT = "sockerless";

  private final Http http;
  private final Credentials credentials;

  Tokens(Http http, Credentials credentials) {
    this.http = http;
    this.credentials = credentials;
  }

  /** A bearer token for these scopes. */
  String access(Challenge challenge, List<String> scopes) throws IOException {
    if (!credentials.registryToken().isEmpty()) {
      return credentials.registryToken();
    }
    JsonObject answer =
        credentials.identityToken().isEmpty()
            ? get(challenge, scopes, false)
            : refresh(challenge, scopes);
    String token = answer.getString("token", answer.getString("access_token", ""));
    if (token.isEmpty()) {
      throw new RegistryException(
          200, "", "authorization server did not include a token in the response");
    }
    return token;
  }

  /** A refresh token for a login, empty if the server gives none; it has checked the password. */
  String identity(Challenge challenge) throws IOException {
    return get(challenge, List.of(), true).getString("refresh_token", "");
  }

  private JsonObject get(Challenge challenge, List<String> scopes, boolean offline)
      throws IOException {
    StringBuilder query = new StringBuilder("service=").append(encode(challenge.get("service")));
    scopes.forEach(scope -> query.append("&scope=").append(encode(scope)));
    if (!credentials.username().isEmpty()) {
      query.append("&account=").append(encode(credentials.username()));
    }
    if (offline) {
      query.append("&offline_token=true&client_id=").append(CLIENT);
    }
    URI realm = realm(challenge);
    String separator = realm.getRawQuery() == null ? "?" : "&";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(realm + separator + query)).GET();
    if (credentials.hasPassword()) {
      request.header("Authorization", credentials.basic());
    }
    return answer(request);
  }

  private JsonObject refresh(Challenge challenge, List<String> scopes) throws IOException {
    String form =
        "grant_type=refresh_token&client_id="
            + CLIENT
            + "&service="
            + encode(challenge.get("service"))
            + "&scope="
            + encode(String.join(" ", scopes))
            + "&refresh_token="
            + encode(credentials.identityToken());
    return answer(
        HttpRequest.newBuilder(realm(challenge))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private URI realm(Challenge challenge) throws IOException {
    try {
      URI realm = URI.create(challenge.get("realm"));
      boolean secure = "https".equals(realm.getScheme());
      boolean local = "http".equals(realm.getScheme());
      if (realm.getHost() != null && (secure || (local && Loopback.is(realm.getHost())))) {
        return realm;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("invalid realm of the authorization server", e);
    }
    throw new IOException("the authorization server is at no https URL");
  }

  private JsonObject answer(HttpRequest.Builder request) throws IOException {
    HttpResponse<InputStream> answer = http.send(request);
    byte[] bytes;
    try (InputStream body = answer.body()) {
      bytes = body.readNBytes(MAX_ANSWER);
    }
    if (answer.statusCode() != 200) {
      throw RegistryErrors.of(answer, bytes);
    }
    try (JsonReader reader = JsonBuilders.reader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw new RegistryException(
          200,
          "",
          "unable to decode token response: "
              + JsonSyntax.problemOfWhole(bytes).orElse("it is no JSON object"));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
