package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.policy.request.ImageName;
import io.sockerless.policy.request.Request;
import io.sockerless.policy.rule.Owner;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Knows whose an object is: by the label that it got when it was made, which nobody can change
 * afterwards. It asks the backend itself, past the rules.
 */
final class Ownership {

  /** The label with the owner's name. */
  static final String LABEL = "sockerless.owner";

  private static final Pattern FULL_ID = Pattern.compile("[0-9a-f]{64}");

  /** Networks that are always there, and which nobody else can have made. */
  static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "ingress");

  /** How many owners are remembered of objects that are addressed by their id, or are gone. */
  private static final int REMEMBERED = 20_000;

  /** How many images are kept as the backend described them, so as not to read the same again. */
  private static final int IMAGES = 100;

  private final Engine engine;
  private final Map<String, Owner> containers = new ConcurrentHashMap<>();
  private final Map<String, String> execs = new ConcurrentHashMap<>();
  private final Map<String, Description> images = new ConcurrentHashMap<>();
  private final Map<String, Owner> others = new ConcurrentHashMap<>();

  /**
   * An object that is there.
   *
   * @param id its id for good; a volume's is its name
   * @param description empty if the backend did not have to be asked
   */
  record Found(Kind kind, String id, Owner owner, Optional<Description> description) {

    /** What the backend says of it, if that had to be asked. */
    Optional<JsonObject> document() {
      return description.map(Description::document);
    }
  }

  Ownership(Engine engine) {
    this.engine = engine;
  }

  /** Finds an object by whatever name or beginning of an id the backend finds it by. */
  Optional<Found> find(Kind kind, String name, Call call) {
    if (kind == Kind.CONTAINER && FULL_ID.matcher(name).matches()) {
      Optional<Owner> known = Optional.ofNullable(containers.get(name));
      if (known.isPresent()) {
        return Optional.of(new Found(kind, name, known.get(), Optional.empty()));
      }
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    try {
      Description description =
          Description.of(kind.inspect(engine, name, call.follow(Query.none())));
      return known(kind, description)
          .or(() ->
              Optional.of(read(kind, kind == Kind.IMAGE ? image(name, description) : description)));
    } catch (EngineException.NotFound e) {
      return Optional.empty();
    }
  }

  /** A container whose owner is remembered, so that its document need not be understood. */
  private Optional<Found> known(Kind kind, Description description) {
    return kind == Kind.CONTAINER
        ? description
            .leadingId()
            .flatMap(id ->
                remembered(kind, id)
                    .map(owner -> new Found(kind, id, owner, Optional.of(description))))
        : Optional.empty();
  }

  /** Descriptions that are kept have been understood, and do not change any more. */
  private Description image(String name, Description description) {
    if (description.isUnderstood()) {
      return description;
    }
    Optional<Description> earlier = Optional.ofNullable(images.get(name));
    if (earlier.filter(description::saysTheSame).isPresent()) {
      return description.understoodAs(earlier.get().document());
    }
    if (images.size() >= IMAGES) {
      images.clear();
    }
    description.document();
    images.put(name, description);
    return description;
  }

  private Found read(Kind kind, Description description) {
    JsonObject document = description.document();
    Found found =
        new Found(kind, kind.id(document), owner(kind, document), Optional.of(description));
    remember(found);
    return found;
  }

  /** The document of an object that has been found. */
  JsonObject inspect(Kind kind, String id, Call call) {
    return kind.inspect(engine, id, call.follow(Query.none())).document().asJsonObject();
  }

  /** Whose the images are that have some tag of a repository; none if the name has a tag. */
  Set<Owner> ownersOfTags(String repository, Call call) {
    Set<Owner> owners = new LinkedHashSet<>();
    if (ImageName.isTagged(repository)) {
      return owners;
    }
    String wanted = ImageName.repository(repository);
    for (JsonValue item :
        engine.images().list(call.follow(Query.none())).document().asJsonArray()) {
      if (item instanceof JsonObject image
          && image.get("RepoTags") instanceof JsonArray tags
          && tags.getValuesAs(JsonString.class).stream()
              .anyMatch(tag -> ImageName.repository(tag.getString()).equals(wanted))) {
        owners.add(owner(Kind.IMAGE, image));
      }
    }
    return owners;
  }

  /** The container that a command runs in. */
  Optional<String> containerOf(String exec, Call call) {
    Optional<String> known = Optional.ofNullable(execs.get(exec));
    if (known.isPresent() || exec.isEmpty()) {
      return known;
    }
    try {
      JsonObject document =
          engine.execs().inspect(exec, call.follow(Query.none())).document().asJsonObject();
      String container = document.getString("ContainerID", "");
      rememberExec(exec, container);
      return Optional.of(container);
    } catch (EngineException.NotFound e) {
      return Optional.empty();
    }
  }

  /** Whose something is by its document, an inspect's or a list's item. */
  static Owner owner(Kind kind, JsonObject document) {
    if (Kind.labels(document).get(LABEL) instanceof JsonString label
        && !label.getString().isEmpty()) {
      return new Owner.Named(label.getString());
    }
    boolean shared =
        switch (kind) {
          case IMAGE -> true;
          case NETWORK -> PREDEFINED.contains(document.getString("Name", ""));
          case CONTAINER, VOLUME -> false;
        };
    return shared ? new Owner.Shared() : new Owner.None();
  }

  /** Keeps whose something is for when it can no longer be asked for. */
  void remember(Found found) {
    if (found.kind() == Kind.CONTAINER) {
      makeRoom(containers);
      containers.put(found.id(), found.owner());
    } else {
      makeRoom(others);
      others.put(key(found.kind(), found.id()), found.owner());
    }
  }

  /**
   * Keeps whose that is which a request has just made: its client is about to use it, and the
   * backend need not be asked for what has come by here.
   *
   * @param request as it was forwarded, with its labels and ids
   * @return the same answer
   */
  Answer remembering(Request request, Answer answer) {
    String operation = request.invocation().operation();
    if (answer.status() != 201
        || !(operation.equals("containers.create") || operation.equals("execs.create"))) {
      return answer;
    }
    Description made = Description.of(answer);
    made.leadingId()
        .ifPresent(id -> {
          if (operation.equals("containers.create")) {
            JsonObject body = request.body().orElse(JsonValue.EMPTY_JSON_OBJECT);
            Owner owner = owner(Kind.CONTAINER, body);
            if (owner instanceof Owner.Named) {
              remember(new Found(Kind.CONTAINER, id, owner, Optional.empty()));
            }
          } else {
            request
                .invocation()
                .name()
                .filter(container -> FULL_ID.matcher(container).matches())
                .ifPresent(container -> rememberExec(id, container));
          }
        });
    return made.again();
  }

  private void rememberExec(String exec, String container) {
    makeRoom(execs);
    execs.put(exec, container);
  }

  /** Whose something was that is gone. */
  Optional<Owner> remembered(Kind kind, String id) {
    return Optional.ofNullable(
        kind == Kind.CONTAINER ? containers.get(id) : others.get(key(kind, id)));
  }

  private static String key(Kind kind, String id) {
    return kind.noun() + ' ' + id;
  }

  /** What is forgotten is asked for again. */
  private static void makeRoom(Map<?, ?> remembered) {
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
  }
}
