package io.sockerless.backend.core.registry;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * What proves to one registry who asks. It is never written anywhere.
 *
 * @param identityToken an OAuth refresh token in place of the password, empty if there is none
 * @param registryToken a bearer token to be used as it is, empty if there is none
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#section/Authentication">
 *     Docker Engine API, Authentication</a>
 */
public record Credentials(
    String username, String password, String identityToken, String registryToken) {

  private static final Credentials NONE = new Credentials("", "", "", "");

  /** Nobody's. */
  public static Credentials none() {
    return NONE;
  }

  /** A user's name and password. */
  public static Credentials of(String username, String password) {
    return new Credentials(username, password, "", "");
  }

  /**
   * Reads the header {@code X-Registry-Auth}.
   *
   * @throws EngineException.InvalidParameter if it is no base64 of a JSON object
   */
  public static Credentials ofHeader(String header) {
    return header.isBlank() ? NONE : of(decode("X-Registry-Auth", header));
  }

  /**
   * Reads the header {@code X-Registry-Config} of a build, and picks those of one registry; none if
   * the header has none for it.
   *
   * @param domain the registry's, as an image's name has it
   * @throws EngineException.InvalidParameter if it is no base64 of a JSON object
   */
  public static Credentials ofConfigHeader(String header, String domain) {
    if (header.isBlank()) {
      return NONE;
    }
    for (Map.Entry<String, JsonValue> entry : decode("X-Registry-Config", header).entrySet()) {
      if (entry.getValue() instanceof JsonObject credentials
          && hostOf(entry.getKey()).equals(domain)) {
        return of(credentials);
      }
    }
    return NONE;
  }

  /** Reads the Docker API's {@code AuthConfig}. */
  public static Credentials of(JsonObject document) {
    String username = text(document, "username");
    String password = text(document, "password");
    String joined = text(document, "auth");
    if (username.isEmpty() && !joined.isEmpty()) {
      String pair = new String(bytes("auth", joined), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      username = colon < 0 ? pair : pair.substring(0, colon);
      password = colon < 0 ? "" : pair.substring(colon + 1);
    }
    return new Credentials(
        username, password, text(document, "identitytoken"), text(document, "registrytoken"));
  }

  /** The domain of a server address such as {@code https://index.docker.io/v1/}. */
  static String hostOf(String address) {
    String rest = address.replaceFirst("^https?://", "");
    int slash = rest.indexOf('/');
    String host = (slash < 0 ? rest : rest.substring(0, slash)).toLowerCase(Locale.ROOT);
    return switch (host) {
      case "index.docker.io", "registry-1.docker.io", "" -> ImageReference.DOCKER_HUB;
      default -> host;
    };
  }

  private static JsonObject decode(String header, String value) {
    try (JsonReader reader = JsonBuilders.reader(new ByteArrayInputStream(bytes(header, value)))) {
      if (reader.readValue() instanceof JsonObject document) {
        return document;
      }
    } catch (JsonException e) {
      throw malformed(header);
    }
    throw malformed(header);
  }

  private static byte[] bytes(String what, String value) {
    try {
      // Clients send either alphabet.
      return Base64.getUrlDecoder().decode(value.strip().replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException e) {
      throw malformed(what);
    }
  }

  private static EngineException malformed(String what) {
    return new EngineException.InvalidParameter(
        "invalid " + what + ": must be a valid JSON object in base64");
  }

  private static String text(JsonObject document, String name) {
    return document.get(name) instanceof JsonString string ? string.getString() : "";
  }

  /** Whether there are none. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether there is a name and a password. */
  boolean hasPassword() {
    return !username.isEmpty() && !password.isEmpty();
  }

  /** The header field {@code Authorization} of basic authentication. */
  String basic() {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return isNone() ? "no credentials" : "credentials of " + username;
  }
}
