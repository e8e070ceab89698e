package io.sockerless.backend.core.registry;

import io.sockerless.backend.core.value.GoText;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads registries' errors, and brings them into dockerd's words. */
public final class RegistryErrors {

  private static final String DENIED = "DENIED";
  private static final String UNAUTHORIZED = "UNAUTHORIZED";
  private static final String TOO_MANY_REQUESTS = "TOOMANYREQUESTS";
  private static final String ACCESS_DENIED = "requested access to the resource is denied";
  private static final String MANIFEST_UNKNOWN = "MANIFEST_UNKNOWN";

  private RegistryErrors() {}

  /** What an answer of 400 or more says. */
  static RegistryException of(HttpResponse<InputStream> answer, byte[] body) {
    int status = answer.statusCode();
    if (status >= 500) {
      return unexpected(status);
    }
    Optional<Challenge> challenge =
        status == 401
            ? Challenge.best(answer.headers().allValues("WWW-Authenticate"))
            : Optional.empty();
    if (challenge.isPresent() && challenge.get().get("error").equals("insufficient_scope")) {
      return of(status, DENIED, ACCESS_DENIED);
    }
    ErrorDocument document = ErrorDocument.of(body);
    if (document.hasErrors()) {
      return of(status, document.code(), document.message());
    }
    boolean json =
        answer.headers().firstValue("Content-Type").map(RegistryErrors::isJson).orElse(false);
    if (!document.details().isEmpty()) {
      return of(status, codeOf(status), document.details());
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return silent(status);
    }
    if (!json) {
      return of(status, codeOf(status), text.strip());
    }
    return status == 401
        ? silent(status)
        : new RegistryException(
            status,
            "",
            "error parsing HTTP "
                + status
                + " response body: "
                + document.problem()
                + ": "
                + GoText.quoted(text));
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.equals("application/vnd.api+json");
  }

  /** What is told of an answer that has no words of its own. */
  private static RegistryException silent(int status) {
    return switch (status) {
      case 401 -> of(status, UNAUTHORIZED, "authentication required");
      case 403 -> of(status, DENIED, ACCESS_DENIED);
      case 429 -> of(status, TOO_MANY_REQUESTS, "too many requests");
      default -> unexpected(status);
    };
  }

  private static RegistryException unexpected(int status) {
    String reason =
        switch (status) {
          case 400 -> " Bad Request";
          case 404 -> " Not Found";
          case 405 -> " Method Not Allowed";
          case 500 -> " Internal Server Error";
          case 501 -> " Not Implemented";
          case 502 -> " Bad Gateway";
          case 503 -> " Service Unavailable";
          case 504 -> " Gateway Timeout";
          default -> "";
        };
    return new RegistryException(status, "", "received unexpected HTTP status: " + status + reason);
  }

  private static String codeOf(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> DENIED;
      case 429 -> TOO_MANY_REQUESTS;
      default -> "UNKNOWN";
    };
  }

  /** An error of that code, in the form in which dockerd repeats it. */
  static RegistryException of(int status, String code, String message) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return new RegistryException(status, code, message.isEmpty() ? words : words + ": " + message);
  }

  /** An answer to HEAD tells its status alone. */
  static RegistryException ofHead(int status) {
    return status == 404 ? of(404, MANIFEST_UNKNOWN, "manifest unknown") : unexpected(status);
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
      case TOO_MANY_REQUESTS -> new EngineException.Failure(429, why);
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
