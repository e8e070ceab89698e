package io.sockerless.backend.core.registry;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Locale;

/** Reads registries' errors, and brings them into dockerd's words. */
public final class RegistryErrors {

  private static final String DENIED = "DENIED";
  private static final String UNAUTHORIZED = "UNAUTHORIZED";
  private static final String MANIFEST_UNKNOWN = "MANIFEST_UNKNOWN";

  private RegistryErrors() {}

  /** What an answer of 400 or more says. */
  static RegistryException of(HttpResponse<InputStream> answer, byte[] body) {
    boolean outOfScope =
        Challenge.best(answer.headers().allValues("WWW-Authenticate"))
            .map(challenge -> challenge.get("error").equals("insufficient_scope"))
            .orElse(false);
    if (outOfScope) {
      return of(answer.statusCode(), DENIED, "requested access to the resource is denied");
    }
    try (JsonReader reader = JsonBuilders.reader(new ByteArrayInputStream(body))) {
      JsonObject document = reader.readObject();
      if (document.get("errors") instanceof JsonArray errors
          && !errors.isEmpty()
          && errors.getFirst() instanceof JsonObject error) {
        return of(
            answer.statusCode(),
            error.getString("code", "UNKNOWN"),
            error.getString("message", "unknown error"));
      }
      String details = document.getString("details", document.getString("message", ""));
      if (!details.isEmpty()) {
        return of(answer.statusCode(), codeOf(answer.statusCode()), details);
      }
    } catch (JsonException | ClassCastException e) {
      // Proxies and servers behind them answer in HTML or not at all: the status has to do.
    }
    return switch (answer.statusCode()) {
      case 401 -> of(401, UNAUTHORIZED, "authentication required");
      case 403 -> of(403, DENIED, "requested access to the resource is denied");
      case 429 -> of(429, "TOOMANYREQUESTS", "too many requests");
      default ->
          new RegistryException(
              answer.statusCode(), "", "received unexpected HTTP status: " + answer.statusCode());
    };
  }

  private static String codeOf(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> DENIED;
      case 404 -> "NAME_UNKNOWN";
      default -> "UNKNOWN";
    };
  }

  /** An error of that code, in the form in which dockerd repeats it. */
  static RegistryException of(int status, String code, String message) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return new RegistryException(status, code, words + ": " + message);
  }

  /** An answer to HEAD tells its status alone. */
  static RegistryException ofHead(int status) {
    return status == 404
        ? of(404, MANIFEST_UNKNOWN, "manifest unknown")
        : new RegistryException(status, "", "received unexpected HTTP status: " + status);
  }

  /** What a client is told whose pull failed before anything of the image came. */
  public static EngineException pull(ImageReference reference, IOException error) {
    String why = text(error);
    if (!(error instanceof RegistryException refused)) {
      return new EngineException.Failure(500, why);
    }
    return switch (refused.code()) {
      case DENIED ->
          new EngineException.NotFound(
              "pull access denied for "
                  + reference.familiarRepository()
                  + ", repository does not exist or may require 'docker login': "
                  + why);
      case MANIFEST_UNKNOWN ->
          new EngineException.NotFound(
              "manifest for " + reference.familiar() + " not found: " + why);
      case "NAME_UNKNOWN" ->
          new EngineException.NotFound(
              "repository " + reference.familiarRepository() + " not found: " + why);
      case "TOOMANYREQUESTS" -> new EngineException.Failure(429, why);
      default -> new EngineException.Failure(500, why);
    };
  }

  /** What a client is told of a registry's answer to {@code docker manifest inspect} and such. */
  public static EngineException query(IOException error) {
    if (!(error instanceof RegistryException refused)) {
      return new EngineException.Failure(500, text(error));
    }
    return switch (refused.status()) {
      case 401 -> new EngineException.Failure(401, text(error));
      case 403 -> EngineException.of(403, text(error), Headers.empty());
      case 404 -> new EngineException.NotFound(text(error));
      default -> new EngineException.Failure(500, text(error));
    };
  }

  /** An error's message, never null. */
  public static String text(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
