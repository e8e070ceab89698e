package io.sockerless.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An OpenAPI document, and what it says of operations. */
public final class ApiDescription {

  private static final Set<String> METHODS =
      Set.of("get", "head", "put", "post", "delete", "options", "patch", "trace");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonNode document;

  /** One method of one path. */
  public record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {

    /** The id that the document gives it. */
    public String id() {
      return node.path("operationId").asText();
    }

    /** The names of its parameters in one place, such as {@code query}. */
    public List<String> parameters(String place) {
      return parameters.stream()
          .filter(parameter -> parameter.path("in").asText().equals(place))
          .map(parameter -> parameter.path("name").asText())
          .toList();
    }

    /** Whether it gives its connection to something else than HTTP, always or at will. */
    public boolean upgrades() {
      return node.path("responses").has("101");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private ApiDescription(JsonNode document) {
    this.document = document;
  }

  /** Reads a document in YAML. */
  public static ApiDescription of(String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new ApiDescription(JSON.valueToTree(loaded));
  }

  /** The document as it is. */
  public JsonNode document() {
    return document;
  }

  /** All operations. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .forEach(entry ->
                    operations.add(
                        operation(
                            entry.getKey(), path.getKey(), path.getValue(), entry.getValue()))));
    return operations;
  }

  private Operation operation(String method, String path, JsonNode item, JsonNode node) {
    List<JsonNode> parameters =
        Stream.concat(item.path("parameters").valueStream(), node.path("parameters").valueStream())
            .map(this::resolve)
            .toList();
    return new Operation(method.toUpperCase(Locale.ROOT), path, node, parameters);
  }

  /** The operation with an id. */
  public Operation operation(String id) {
    return operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(id));
  }

  /** What stands at the end of a reference, or the node itself. */
  public JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** The response that is declared for a status by itself. */
  public Optional<JsonNode> response(Operation operation, int status) {
    return Optional.ofNullable(operation.node().path("responses").get(Integer.toString(status)))
        .map(this::resolve);
  }

  /** Holds a text in JSON to the schema of a media type's entry; none stands for anything. */
  public void check(String what, JsonNode mediaType, String text) {
    if (!mediaType.has("schema")) {
      return;
    }
    ObjectNode schema = JSON.createObjectNode();
    schema.set("components", document.path("components"));
    schema.putArray("allOf").add(mediaType.path("schema"));
    List<String> documents =
        mediaType.path("x-document-a-line").asBoolean() ? text.lines().toList() : List.of(text);
    assertThat(documents).as(what).isNotEmpty();
    for (String one : documents) {
      assertThat(SCHEMAS.getSchema(schema).validate(read(one))).as("%s: %s", what, one).isEmpty();
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
