package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.Instruction;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.value.GoText;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks a build to be.
 *
 * @param names what the image is to be called
 * @param dockerfile its path in the context
 * @param remote where the context is, empty if it is the request's body
 * @param cacheSources the images that steps may be taken from; none for all that are here
 * @param hostConfig the limits and the network of what runs, as the Docker API has them
 * @param call the request, for its client and credentials
 */
record BuildRequest(
    List<ImageReference> names,
    String dockerfile,
    String remote,
    String id,
    boolean quiet,
    boolean cached,
    boolean pulls,
    boolean removes,
    boolean removesAlways,
    String target,
    String platform,
    Map<String, Optional<String>> arguments,
    List<Instruction.Label> labels,
    List<String> cacheSources,
    JsonObject hostConfig,
    Call call) {

  private static final String CLASSIC = "1";
  private static final List<String> NUMBERS =
      List.of(
          "memory:Memory",
          "memswap:MemorySwap",
          "cpushares:CpuShares",
          "cpuperiod:CpuPeriod",
          "cpuquota:CpuQuota");

  /**
   * Reads a request.
   *
   * @throws EngineException.NotImplemented for what only BuildKit does
   */
  static BuildRequest of(Call call) {
    Query query = call.query();
    refuse(query);
    String platform = query.first("platform").orElse("");
    if (!platform.isEmpty()) {
      Platform.parse(platform);
    }
    return new BuildRequest(
        query.all("t").stream().filter(t -> !t.isEmpty()).map(BuildRequest::name).toList(),
        query.first("dockerfile").orElse(""),
        query.first("remote").orElse(""),
        query.first("buildid").orElse(""),
        query.flag("q"),
        !query.flag("nocache"),
        query.flag("pull"),
        query.flag("rm") || query.flag("forcerm") || query.first("rm").orElse("").isEmpty(),
        query.flag("forcerm"),
        query.first("target").orElse(""),
        platform,
        BuildArguments.of(document(query, "buildargs", "build args")),
        labels(document(query, "labels", "labels")),
        list(query, "cachefrom", "cache-from").stream()
            .filter(JsonString.class::isInstance)
            .map(name -> ((JsonString) name).getString())
            .toList(),
        hostConfig(query),
        call);
  }

  /** The same with whatever else may end it, besides its client's leaving. */
  BuildRequest with(Cancellation cancellation) {
    return new BuildRequest(
        names,
        dockerfile,
        remote,
        id,
        quiet,
        cached,
        pulls,
        removes,
        removesAlways,
        target,
        platform,
        arguments,
        labels,
        cacheSources,
        hostConfig,
        call.with(cancellation));
  }

  private static void refuse(Query query) {
    String version = query.first("version").orElse("");
    if (version.equals("2") || query.first("remote").orElse("").equals("client-session")) {
      throw new EngineException.NotImplemented(
          "this backend has no BuildKit: build with the classic builder, DOCKER_BUILDKIT=0");
    }
    if (!version.isEmpty() && !version.equals(CLASSIC)) {
      throw new EngineException.Failure(500, "invalid version " + GoText.quoted(version));
    }
    String isolation = query.first("isolation").orElse("");
    if (!isolation.isEmpty() && !isolation.equalsIgnoreCase("default")) {
      throw new EngineException.InvalidParameter(
          "Unsupported isolation: " + GoText.quoted(isolation));
    }
    if (query.flag("squash")) {
      throw new EngineException.InvalidParameter("squash is only supported with experimental mode");
    }
    if (!query.first("outputs").orElse("").isEmpty()) {
      throw new EngineException.NotImplemented(
          "this backend has no BuildKit, which the parameter outputs is for");
    }
  }

  private static ImageReference name(String text) {
    ImageReference name = ImageReference.parse(text).withDefaultTag();
    if (name.digest().isPresent()) {
      throw new EngineException.InvalidParameter("build tag cannot contain a digest");
    }
    return name;
  }

  private static JsonObject document(Query query, String parameter, String what) {
    String text = query.first(parameter).orElse("");
    if (text.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    return switch (value(text, what)) {
      case JsonObject object -> object;
      case JsonValue value when value.equals(JsonValue.NULL) -> JsonValue.EMPTY_JSON_OBJECT;
      default ->
          throw new EngineException.InvalidParameter("error reading " + what + ": no object");
    };
  }

  private static JsonArray list(Query query, String parameter, String what) {
    String text = query.first(parameter).orElse("");
    if (text.isEmpty()) {
      return JsonValue.EMPTY_JSON_ARRAY;
    }
    return switch (value(text, what)) {
      case JsonArray array -> array;
      case JsonValue value when value.equals(JsonValue.NULL) -> JsonValue.EMPTY_JSON_ARRAY;
      default -> throw new EngineException.InvalidParameter("error reading " + what + ": no array");
    };
  }

  private static JsonValue value(String text, String what) {
    try (JsonReader reader = JsonBuilders.reader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      throw new EngineException.InvalidParameter("error reading " + what + ": " + e.getMessage());
    }
  }

  /** Each label is a step of its own, in the order of names. */
  private static List<Instruction.Label> labels(JsonObject document) {
    List<Instruction.Label> labels = new ArrayList<>();
    document.keySet().stream()
        .sorted()
        .forEach(name -> {
          String value = document.get(name) instanceof JsonString text ? text.getString() : "";
          labels.add(
              new Instruction.Label(
                  "LABEL " + name + "=" + value, List.of(new Instruction.Pair(name, value)), true));
        });
    return labels;
  }

  private static JsonObject hostConfig(Query query) {
    JsonObjectBuilder config = JsonBuilders.object();
    for (String pair : NUMBERS) {
      String[] names = pair.split(":", 2);
      long number = number(query, names[0], true);
      if (number != 0) {
        config.add(names[1], number);
      }
    }
    long shared = number(query, "shmsize", false);
    if (shared > 0) {
      config.add("ShmSize", shared);
    }
    query
        .first("cpusetcpus")
        .filter(cpus -> !cpus.isEmpty())
        .ifPresent(cpus -> config.add("CpusetCpus", cpus));
    query
        .first("cgroupparent")
        .filter(parent -> !parent.isEmpty())
        .ifPresent(parent -> config.add("CgroupParent", parent));
    JsonArray ulimits = list(query, "ulimits", "ulimits");
    if (!ulimits.isEmpty()) {
      config.add("Ulimits", ulimits);
    }
    List<String> hosts =
        query.all("extrahosts").stream()
            .filter(it -> !it.isEmpty())
            .flatMap(it -> hosts(it).stream())
            .toList();
    return config
        .add("ExtraHosts", DocumentChanges.array(hosts))
        .add(
            "NetworkMode",
            query.first("networkmode").filter(mode -> !mode.isEmpty()).orElse("default"))
        .build();
  }

  /** Clients write each by itself, or several as a list in JSON or apart by commas. */
  private static List<String> hosts(String text) {
    try (JsonReader reader = JsonBuilders.reader(new StringReader(text))) {
      return reader.readArray().getValuesAs(JsonString.class).stream()
          .map(JsonString::getString)
          .toList();
    } catch (JsonException | ClassCastException e) {
      return List.of(text.split(",", -1));
    }
  }

  /** dockerd takes most of what is no number for zero. */
  private static long number(Query query, String name, boolean lenient) {
    String text = query.first(name).orElse("");
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      if (lenient) {
        return 0;
      }
      throw GoValues.noNumber("ParseInt", text);
    }
  }
}
