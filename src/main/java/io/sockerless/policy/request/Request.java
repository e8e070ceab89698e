package io.sockerless.policy.request;

import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.Query;
import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Limit;
import io.sockerless.policy.rule.Power;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A request that has been read: what it would do, whom it touches, and the operation with its body
 * in memory, so that what is forwarded is what was read.
 *
 * @param invocation with a body that can be read again
 * @param body empty for bodies that stream, such as a build's context
 * @param facts but for the images, whose names only the backend knows for sure
 */
public record Request(
    Invocation invocation, Optional<JsonObject> body, Facts facts, References references) {

  /** Operations whose bodies are archives. */
  private static final Set<String> STREAMED =
      Set.of(
          "containers.putArchive",
          "images.build",
          "images.create",
          "images.load",
          "plugins.create",
          "system.grpc",
          "system.session");

  /**
   * Reads a request, its body to the end however it is framed.
   *
   * @throws io.sockerless.engine.EngineException 400 for what cannot be understood in one way only,
   *     413 for a document that is too large
   */
  public static Request read(Invocation invocation) {
    refuseOtherReadings(invocation.call());
    if (isClassicBuild(invocation)) {
      return build(invocation);
    }
    Findings findings = new Findings();
    if (STREAMED.contains(invocation.operation())) {
      query(invocation, findings);
      return new Request(
          invocation, Optional.empty(), findings.facts(Set.of()), findings.references());
    }
    byte[] bytes = invocation.call().body().bytes();
    JsonValue value = bytes.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : StrictJson.parse(bytes);
    body(invocation.operation(), Fields.of(value), findings);
    query(invocation, findings);
    return new Request(
        invocation.with(invocation.call().with(Body.of(bytes))),
        value instanceof JsonObject object ? Optional.of(object) : Optional.empty(),
        findings.facts(Set.of()),
        findings.references());
  }

  /** Whether all that is built on stands in the request itself. */
  public static boolean isClassicBuild(Invocation invocation) {
    Query query = invocation.call().query();
    return invocation.operation().equals("images.build")
        && query.all("remote").stream().allMatch(String::isEmpty)
        && query.all("version").stream().noneMatch("2"::equals);
  }

  /** A build is read too: what its Dockerfile names is used. */
  private static Request build(Invocation invocation) {
    Findings findings = new Findings();
    query(invocation, findings);
    Query query = invocation.call().query();
    BuildContext context = BuildContext.read(invocation.call().body(), query.all("dockerfile"));
    context
        .dockerfiles()
        .forEach(text ->
            findings
                .references()
                .images()
                .addAll(new DockerfileImages(text, map(query, "buildargs")).find()));
    return new Request(
        invocation.with(invocation.call().with(context.body())),
        Optional.empty(),
        findings.facts(Set.of()),
        findings.references());
  }

  /**
   * The images that are named in what an image has done to whatever is built on it.
   *
   * @param triggers its {@code OnBuild}
   * @throws EngineException.InvalidParameter if it cannot be told which images are meant
   */
  public static Set<String> imagesOf(List<String> triggers) {
    return new DockerfileImages(String.join("\n", triggers), Map.of()).find();
  }

  /** The same request with another document, which is what is forwarded from here on. */
  public Request withBody(JsonObject other) {
    byte[] bytes = other.toString().getBytes(StandardCharsets.UTF_8);
    return new Request(
        invocation.with(invocation.call().with(Body.of(bytes))),
        Optional.of(other),
        facts,
        references);
  }

  /** What would make a volume that the creation of a container names, with one more label. */
  public JsonObject volume(String name, String label, String value) {
    return NamedVolume.of(name, Fields.of(body.orElse(JsonValue.EMPTY_JSON_OBJECT)))
        .document(label, value);
  }

  /** The same request with another operation to run. */
  public Request with(Invocation other) {
    return new Request(other, body, facts, references);
  }

  /**
   * A form in the body, of either kind, would be parameters for dockerd beside those of the query;
   * a semicolon parts parameters for some and not for others.
   */
  private static void refuseOtherReadings(Call call) {
    for (String written : call.headers().all("Content-Type")) {
      String type = written.toLowerCase(Locale.ROOT);
      if (type.contains("form-urlencoded") || type.contains("multipart")) {
        throw new EngineException.InvalidParameter("a form is not a body that the policy can read");
      }
    }
    if (call.query().raw().indexOf(';') >= 0) {
      throw new EngineException.InvalidParameter("invalid semicolon separator in query");
    }
  }

  private static void body(String operation, Fields body, Findings findings) {
    ContainerBody container = new ContainerBody(findings);
    switch (operation) {
      case "containers.create" -> container.create(body);
      case "containers.update" -> container.update(body);
      case "containers.start" -> container.host(body);
      case "execs.create" -> {
        if (body.flag("Privileged")) {
          findings.power(Power.PRIVILEGED, "true");
        }
      }
      case "volumes.create" -> {
        findings.makes(body.map("Labels"));
        findings.volumeDriver(body.text("Driver"), body.map("DriverOpts"));
      }
      case "networks.create" -> network(body, findings);
      case "containers.createCheckpoint" -> findings.folder(body.text("CheckpointDir"));
      case "networks.connect", "networks.disconnect" -> {
        findings.endpoint(body.fields("EndpointConfig").text("NetworkID"));
        String name = body.text("Container");
        if (!name.isEmpty()) {
          findings.references().containers().add(name);
        }
      }
      case "swarm.createService", "swarm.updateService" -> container.service(body);
      default -> {}
    }
  }

  private static void network(Fields body, Findings findings) {
    findings.makes(body.map("Labels"));
    String driver = body.text("Driver");
    if (driver.equals("host")) {
      findings.power(Power.NAMESPACES, "network");
    } else if (!Set.of("", "bridge", "overlay", "null").contains(driver)) {
      findings.power(Power.SECURITY, "network-driver=" + driver);
    } else {
      findings.bridgeOptions(body.map("Options"));
    }
    String addresses = body.fields("IPAM").text("Driver");
    if (!Set.of("", "default", "null").contains(addresses)) {
      findings.power(Power.SECURITY, "ipam-driver=" + addresses);
    }
    findings.endpoint(body.fields("ConfigFrom").text("Network"));
  }

  private static void query(Invocation invocation, Findings findings) {
    Query query = invocation.call().query();
    References references = findings.references();
    switch (invocation.operation()) {
      case "containers.commit" -> {
        references.containers().add(query.first("container").orElse(""));
        target(query, "repo", references);
      }
      case "images.create" -> {
        String from = query.first("fromImage").orElse("");
        if (from.isEmpty()) {
          target(query, "repo", references);
        } else {
          references.images().add(named(from, query.first("tag").orElse("")));
        }
      }
      case "containers.start" -> query.all("checkpoint-dir").forEach(findings::folder);
      case "containers.listCheckpoints", "containers.removeCheckpoint" ->
          query.all("dir").forEach(findings::folder);
      case "images.tag" -> target(query, "repo", references);
      case "images.saveAll" -> references.images().addAll(query.all("names"));
      case "images.build" -> build(query, findings);
      default -> {}
    }
  }

  private static void build(Query query, Findings findings) {
    findings.references().imageTargets().addAll(new LinkedHashSet<>(query.all("t")));
    query.all("networkmode").forEach(findings::network);
    query.all("cgroupparent").stream()
        .filter(parent -> !parent.isEmpty())
        .forEach(parent -> findings.power(Power.SECURITY, "cgroup-parent=" + parent));
    query.all("securityopt").stream()
        .filter(option -> !option.isEmpty())
        .forEach(option -> findings.power(Power.SECURITY, option));
    // Podman's own way of giving a build a folder of the host; dockerd passes over it.
    for (String volume : query.all("volume")) {
      int colon = volume.indexOf(':');
      findings.source(colon < 0 ? volume : volume.substring(0, colon));
    }
    findings.limit(Limit.MEMORY, number(query, "memory"));
    findings.limit(
        Limit.CPUS, ContainerBody.cpus(number(query, "cpuquota"), number(query, "cpuperiod")));
    texts(query, "cachefrom").forEach(findings.references().images()::add);
    findings.makes(map(query, "labels"));
  }

  /** The texts in a parameter that is a list in JSON. */
  private static List<String> texts(Query query, String name) {
    return json(query, name).stream()
        .flatMap(value -> value instanceof JsonArray list ? list.stream() : Stream.empty())
        .filter(JsonString.class::isInstance)
        .map(value -> ((JsonString) value).getString())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The texts in a parameter that is an object in JSON, whose keys are data. */
  private static Map<String, String> map(Query query, String name) {
    Map<String, String> map = new HashMap<>();
    for (JsonValue value : json(query, name)) {
      Fields.of(value)
          .object()
          .forEach((key, given) -> {
            if (given instanceof JsonString text) {
              map.put(key, text.getString());
            }
          });
    }
    return map;
  }

  private static List<JsonValue> json(Query query, String name) {
    return query.all(name).stream()
        .filter(written -> !written.isEmpty())
        .map(written -> StrictJson.parseMap(written.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static long number(Query query, String name) {
    try {
      return Long.parseLong(query.first(name).filter(it -> !it.isEmpty()).orElse("0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void target(Query query, String parameter, References references) {
    String repository = query.first(parameter).orElse("");
    if (!repository.isEmpty()) {
      references.imageTargets().add(named(repository, query.first("tag").orElse("")));
    }
  }

  private static String named(String repository, String tag) {
    return tag.isEmpty() ? repository : repository + (tag.startsWith("sha256:") ? "@" : ":") + tag;
  }
}
