package io.sockerless.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sockerless.support.ApiDescription;
import io.sockerless.support.ApiDescription.Operation;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calls the internal API by the operations of its description, and holds what is sent and what is
 * answered to it.
 */
final class DescribedApi {

  private static final String JSON = "application/json";
  private static final String TAR = "application/x-tar";

  private final InternalApi api;
  private final ApiDescription description;
  private final Set<String> called = new TreeSet<>();

  /** Parameters of one call by name, those of the path among them. */
  private record Request(Operation operation, Map<String, String> given) {

    String path() {
      String path = operation.path().substring("/internal/v1/".length());
      for (String name : operation.parameters("path")) {
        path = path.replace("{" + name + "}", given.getOrDefault(name, ""));
      }
      return path;
    }

    String query() {
      StringBuilder query = new StringBuilder();
      given.forEach((name, value) -> {
        if (!operation.parameters("path").contains(name)) {
          assertThat(operation.parameters("query")).as(operation.toString()).contains(name);
          query
              .append(query.isEmpty() ? '?' : '&')
              .append(name)
              .append('=')
              .append(InternalApi.escape(value));
        }
      });
      return query.toString();
    }
  }

  /** Asks this server for its description. */
  DescribedApi(InternalApi api) {
    this.api = api;
    this.description = ApiDescription.of(api.get("openapi").text());
  }

  /** What the server says of itself. */
  ApiDescription description() {
    return description;
  }

  /** The operations that have answered with success so far. */
  Set<String> called() {
    return called;
  }

  /** Calls an operation without a body; parameters are names and values in turn. */
  Reply call(String id, String... parameters) {
    return check(request(id, parameters), "", new byte[0]);
  }

  /** Calls an operation with a document. */
  Reply callWith(String document, String id, String... parameters) {
    Request request = request(id, parameters);
    description.check(
        "the request of " + id,
        request.operation().node().path("requestBody").path("content").path(JSON),
        document);
    return check(request, JSON, document.getBytes(StandardCharsets.UTF_8));
  }

  /** Calls an operation with an archive. */
  Reply callWith(byte[] tar, String id, String... parameters) {
    return check(request(id, parameters), TAR, tar);
  }

  private Request request(String id, String... parameters) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      given.put(parameters[i], parameters[i + 1]);
    }
    return new Request(description.operation(id), given);
  }

  private Reply check(Request request, String type, byte[] body) {
    Operation operation = request.operation();
    if (!type.isEmpty()) {
      assertThat(operation.node().path("requestBody").path("content").has(type))
          .as("%s takes %s", operation, type)
          .isTrue();
    }
    String[] fields = type.isEmpty() ? new String[0] : new String[] {"Content-Type", type};
    Reply reply =
        api.send(
            operation.method(),
            request.path() + request.query(),
            BodyPublishers.ofByteArray(body),
            fields);
    if (reply.status() < 400) {
      called.add(operation.id());
    }
    check(operation, reply);
    return reply;
  }

  private void check(Operation operation, Reply reply) {
    String what = operation + " " + reply.status();
    JsonNode response =
        description
            .response(operation, reply.status())
            .orElseThrow(() -> new AssertionError(what + " is not described: " + reply.text()));
    response
        .path("headers")
        .properties()
        .forEach(field ->
            assertThat(reply.header(field.getKey())).as(what + " " + field.getKey()).isNotEmpty());
    JsonNode content = response.path("content");
    String type = reply.header("Content-Type").split(";", 2)[0];
    if (content.isEmpty()) {
      assertThat(reply.bytes()).as(what).isEmpty();
    } else if (reply.bytes().length > 0) {
      assertThat(content.has(type)).as("%s is %s", what, type).isTrue();
      description.check(what, content.path(type), reply.text());
    }
  }

  /** The operations that a plain request can carry out, but those named. */
  List<String> plain(Set<String> but) {
    return description.operations().stream()
        .filter(operation -> !operation.upgrades())
        .map(Operation::id)
        .filter(id -> !but.contains(id))
        .toList();
  }
}
