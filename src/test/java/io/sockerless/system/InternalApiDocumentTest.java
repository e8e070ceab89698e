package io.sockerless.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sockerless.agent.AgentEndpoint;
import io.sockerless.container.ContainerLogsEndpoint;
import io.sockerless.container.ContainerWaitEndpoint;
import io.sockerless.engine.Answer;
import io.sockerless.http.Routers;
import io.sockerless.support.ApiDescription;
import io.sockerless.support.ApiDescription.Operation;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The description against the code's own annotations and sources. */
class InternalApiDocumentTest {

  private static final String PREFIX = "/internal/v1";
  private static final Pattern TEMPLATE = Pattern.compile("\\{(\\w+)(?::[^}]+)?}");

  private static final java.nio.file.Path SOURCES =
      java.nio.file.Path.of("src", "main", "java", "io", "sockerless");

  /** A parameter's name where a query is read, by itself or by a method that is given the query. */
  private static final Pattern READ =
      Pattern.compile("(?i:query)(?:\\(\\))?\\s*(?:\\.(?:first|all|flag)\\(|, )\"([A-Za-z_-]+)\"");

  /** A parameter's name and its field's, as builds list their limits. */
  private static final Pattern LISTED = Pattern.compile("\"([a-z]+):[A-Z]\\w+\"");

  /** Read by operations that the internal API has not, or has in the path. */
  private static final Set<String> ELSEWHERE = Set.of("container");

  private final ApiDescription api = description();

  private static ApiDescription description() {
    try (Answer answer = InternalApiDocument.answer()) {
      return ApiDescription.of(new String(answer.bytes(), StandardCharsets.UTF_8));
    }
  }

  private static List<String> routes() {
    List<String> routes = new ArrayList<>();
    for (Class<?> type : Routers.types()) {
      String prefix = type.getAnnotation(Path.class).value();
      if (prefix.equals(PREFIX)) {
        for (Method method : type.getMethods()) {
          for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
              String path = prefix + "/" + method.getAnnotation(Path.class).value();
              routes.add(verb.value() + " " + TEMPLATE.matcher(path).replaceAll("{$1}"));
            }
          }
        }
      }
    }
    return routes;
  }

  private static List<String> sockets() {
    return Stream.of(AgentEndpoint.class, ContainerLogsEndpoint.class, ContainerWaitEndpoint.class)
        .map(type -> "GET " + type.getAnnotation(ServerEndpoint.class).value())
        .toList();
  }

  @Test
  void everyRouteAndWebSocketIsDescribedAndNothingElse() {
    assertThat(api.operations())
        .extracting(Operation::toString)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(routes().stream(), sockets().stream()).toList())
        .hasSizeGreaterThan(60);
  }

  @Test
  void everyPathDeclaresItsOwnParameters() {
    for (Operation operation : api.operations()) {
      List<String> named =
          TEMPLATE.matcher(operation.path()).results().map(it -> it.group(1)).toList();
      assertThat(operation.parameters("path")).as(operation.toString()).isEqualTo(named);
    }
  }

  @Test
  void everyParameterThatTheCodeReadsIsDeclaredAndNothingElse() {
    Set<String> declared = new TreeSet<>();
    api.operations().forEach(operation -> declared.addAll(operation.parameters("query")));
    Set<String> read = new TreeSet<>(read("backend/core", READ));
    read.addAll(read("backend/core/build/BuildRequest.java", LISTED));
    read.addAll(
        read("agent/AgentUpgrade.java", Pattern.compile("query\\(\\)\\.first\\(\"(\\w+)\"\\)")));
    read.removeAll(ELSEWHERE);

    assertThat(declared).isEqualTo(read).hasSizeGreaterThan(70);
  }

  private static List<String> read(String folder, Pattern pattern) {
    try (Stream<java.nio.file.Path> files = Files.walk(SOURCES.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> pattern.matcher(text(file)).results().toList().stream())
          .map((MatchResult match) -> match.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(java.nio.file.Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
    Set<String> references = new TreeSet<>();
    api.document().findValuesAsText("$ref").forEach(references::add);
    Set<String> components = new TreeSet<>();
    api.document()
        .path("components")
        .properties()
        .forEach(kind ->
            kind.getValue()
                .fieldNames()
                .forEachRemaining(
                    name -> components.add("#/components/" + kind.getKey() + "/" + name)));

    assertThat(references).isEqualTo(components);
  }

  @Test
  void everyOperationHasAnIdOfItsOwnAndSaysHowItSucceedsAndFails() {
    assertThat(api.operations()).extracting(Operation::id).doesNotHaveDuplicates();
    for (Operation operation : api.operations()) {
      JsonNode responses = operation.node().path("responses");
      assertThat(responses.has("default")).as(operation.toString()).isTrue();
      assertThat(responses.properties())
          .as(operation.toString())
          .anyMatch(response -> response.getKey().matches("[12]\\d\\d"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"StatusCode\": \"0\"}", "[]"})
  void whatDoesNotFitASchemaIsFound(String answer) {
    JsonNode wait =
        api.operation("waitForContainer").node().at("/responses/200/content/application~1json");

    api.check("an exit", wait, "{\"StatusCode\": 0, \"More\": 1}");
    assertThatThrownBy(() -> api.check("no exit", wait, answer)).isInstanceOf(AssertionError.class);
  }

  @Test
  void itIsAnOpenApiDocumentOfTheVersionThatItSays() {
    assertThat(api.document().path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(api.document().path("info").path("version").asText()).isEqualTo("v1");
  }
}
