package io.sockerless.policy;

import io.sockerless.engine.AgentLabels;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Query;
import io.sockerless.policy.request.Fields;
import io.sockerless.policy.request.References;
import io.sockerless.policy.request.Request;
import io.sockerless.policy.rule.Facts;
import io.sockerless.policy.rule.Power;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks up all that one request names, so that rules are asked about objects and not about words.
 */
final class Resolver {

  /** Operations whose reach nobody can tell from the request, beside those of whole nouns. */
  private static final Set<String> UNCONFINED =
      Set.of(
          "images.load",
          "images.pruneBuilds",
          "images.cancelBuild",
          "system.session",
          "system.grpc");

  private static final Set<String> STARTS = Set.of("containers.start", "containers.restart");

  private final Ownership ownership;
  private final Call call;
  private final List<Subject> subjects = new ArrayList<>();
  private final ImageResolver images;
  private Request request;
  private Facts facts;
  private Optional<String> missing = Optional.empty();
  private Optional<Answer> answer = Optional.empty();

  private Resolver(Ownership ownership, Request request) {
    this.ownership = ownership;
    this.request = request;
    this.facts = request.facts();
    this.call = request.invocation().call();
    this.images = new ImageResolver(ownership, request.invocation(), subjects);
  }

  static Resolution resolve(Ownership ownership, Request request) {
    return new Resolver(ownership, request).run();
  }

  /** Whether an operation may reach what belongs to others whatever it names. */
  static boolean isUnconfined(Invocation invocation) {
    return UNCONFINED.contains(invocation.operation())
        || isImportOfAddress(invocation)
        || (invocation.operation().equals("images.build") && !Request.isClassicBuild(invocation))
        || invocation.noun().equals("swarm")
        || invocation.noun().equals("plugins");
  }

  /** The server fetches what is there, from wherever it can reach. */
  private static boolean isImportOfAddress(Invocation invocation) {
    Query query = invocation.call().query();
    return invocation.operation().equals("images.create")
        && query.first("fromImage").orElse("").isEmpty()
        && !Set.of("", "-").contains(query.first("fromSrc").orElse(""));
  }

  private Resolution run() {
    Invocation invocation = request.invocation();
    invocation.name().ifPresent(name -> target(invocation, name));
    references(request.references());
    return new Resolution(
        request,
        facts.withImages(images.names()),
        subjects,
        missing,
        isUnconfined(invocation),
        answer);
  }

  private void target(Invocation invocation, String name) {
    if (invocation.noun().equals("execs") && !invocation.operation().equals("execs.create")) {
      Optional<String> container = ownership.containerOf(name, call);
      if (container.isEmpty()) {
        missing = Optional.of("No such exec instance: " + name);
      } else {
        find(Kind.CONTAINER, container.get());
      }
      return;
    }
    String noun = invocation.noun().equals("execs") ? "containers" : invocation.noun();
    Optional<Kind> kind = Kind.of(noun);
    if (kind.isEmpty()) {
      return;
    }
    if (kind.get() == Kind.IMAGE) {
      if (!images.target(name)) {
        missing = Optional.of(kind.get().missing(name));
      }
    } else {
      find(kind.get(), name)
          .ifPresent(found -> {
            if (STARTS.contains(invocation.operation())) {
              rejoined(found);
            }
            request = request.with(request.invocation().on(found.id()));
            answer = answer(invocation, found);
          });
    }
  }

  /**
   * A container joins its networks by their names whenever it starts. Whoever has such a name by
   * now may be somebody else than when it was created.
   */
  private void rejoined(Ownership.Found container) {
    JsonObject document =
        container
            .document()
            .orElseGet(() -> ownership.inspect(Kind.CONTAINER, container.id(), call));
    if (document.get("NetworkSettings") instanceof JsonObject settings
        && settings.get("Networks") instanceof JsonObject networks) {
      networks.forEach((name, endpoint) -> {
        String known = endpoint instanceof JsonObject it ? it.getString("NetworkID", "") : "";
        if (!Ownership.PREDEFINED.contains(name)) {
          ownership
              .find(Kind.NETWORK, name, call)
              .filter(found -> !found.id().equals(known))
              .ifPresent(
                  found -> subjects.add(new Subject(Kind.NETWORK, name, found.owner(), false)));
        }
      });
    }
  }

  /** What was looked up, if it is that which was asked for. */
  private static Optional<Answer> answer(Invocation invocation, Ownership.Found found) {
    boolean asked =
        invocation.operation().equals(found.kind().noun() + ".inspect")
            && invocation.call().query().raw().isEmpty();
    return asked ? found.description().map(Description::again) : Optional.empty();
  }

  private void references(References references) {
    references.containers().forEach(name -> find(Kind.CONTAINER, name).ifPresent(this::useById));
    references.networks().forEach(name -> find(Kind.NETWORK, name).ifPresent(this::useNetwork));
    // Volumes and images that are not there yet are made, or pulled.
    references.volumes().forEach(name -> note(Kind.VOLUME, name));
    references.images().forEach(images::use);
    agent();
    references.imageTargets().forEach(images::replace);
  }

  /** Where one container is named in a body or a query, it is named for good. */
  private void useById(Ownership.Found container) {
    switch (request.invocation().operation()) {
      case "containers.commit" ->
          request =
              request.with(
                  request
                      .invocation()
                      .with(
                          request
                              .invocation()
                              .call()
                              .with(
                                  call.query()
                                      .without("container")
                                      .and("container", container.id()))));
      case "networks.connect", "networks.disconnect" -> {
        JsonObject body = request.body().orElse(JsonValue.EMPTY_JSON_OBJECT);
        request =
            request.withBody(
                new Fields(body).with("Container", JsonBuilders.value(container.id())));
      }
      default -> {}
    }
  }

  /** An agent that the server is to call, by a label of the container's or of its image. */
  private void agent() {
    Map<String, String> own = facts.labels().orElse(Map.of());
    String inherited = images.inherited().getString(AgentLabels.ADDRESS, "");
    String address = own.getOrDefault(AgentLabels.ADDRESS, inherited);
    if (!address.isEmpty()) {
      add(Power.SECURITY, "agent=" + address);
    }
  }

  /** The host's own network, by whatever name. */
  private void useNetwork(Ownership.Found network) {
    boolean host =
        network.document().filter(it -> it.getString("Driver", "").equals("host")).isPresent();
    if (host) {
      add(Power.NAMESPACES, "network");
    }
  }

  private void add(Power power, String value) {
    Map<Power, Set<String>> powers = new EnumMap<>(Power.class);
    powers.putAll(facts.powers());
    Set<String> values = new LinkedHashSet<>(facts.of(power));
    values.add(value);
    powers.put(power, values);
    facts = new Facts(powers, facts.images(), facts.limits(), facts.labels());
  }

  private Optional<Ownership.Found> find(Kind kind, String name) {
    Optional<Ownership.Found> found = note(kind, name);
    if (found.isEmpty() && missing.isEmpty()) {
      missing = Optional.of(kind.missing(name));
    }
    return found;
  }

  private Optional<Ownership.Found> note(Kind kind, String name) {
    Optional<Ownership.Found> found = ownership.find(kind, name, call);
    found.ifPresent(it -> subjects.add(new Subject(kind, name, it.owner(), false)));
    return found;
  }
}
