package io.sockerless.policy;

import io.sockerless.engine.Call;
import io.sockerless.engine.Invocation;
import io.sockerless.policy.request.ImageName;
import io.sockerless.policy.request.Request;
import io.sockerless.policy.rule.Owner;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks up the images that one request names, and finds out by which names rules know them. */
final class ImageResolver {

  private final Ownership ownership;
  private final String operation;
  private final Call call;
  private final List<Subject> subjects;
  private final Set<String> names = new LinkedHashSet<>();
  private JsonObject inherited = JsonValue.EMPTY_JSON_OBJECT;

  /**
   * Begins with none.
   *
   * @param subjects where those are added that are there
   */
  ImageResolver(Ownership ownership, Invocation invocation, List<Subject> subjects) {
    this.ownership = ownership;
    this.operation = invocation.operation();
    this.call = invocation.call();
    this.subjects = subjects;
  }

  /** The names of all of them, in full. */
  Set<String> names() {
    return names;
  }

  /** The labels that a container has of its image. */
  JsonObject inherited() {
    return inherited;
  }

  /** The image that the operation is about; false if it is not there and should be. */
  boolean target(String name) {
    if (operation.equals("images.distribution")) {
      names.add(ImageName.full(name));
      return true;
    }
    String tag = operation.equals("images.push") ? call.query().first("tag").orElse("") : "";
    Optional<Ownership.Found> found = find(name);
    named(name + (tag.isEmpty() ? "" : ":" + tag), name, found);
    if (tag.isEmpty() && Set.of("images.push", "images.save").contains(operation)) {
      allTags(name);
    }
    if (operation.equals("images.remove")) {
      // An image that is there for all is not for everybody to take away.
      subjects.replaceAll(it ->
          it.owner() instanceof Owner.Shared
              ? new Subject(it.kind(), it.name(), new Owner.None(), true)
              : it);
    }
    return found.isPresent();
  }

  /** An image whose content is used, or that is pulled. */
  void use(String name) {
    switch (operation) {
      case "containers.create" ->
          present(name).map(Kind::labels).ifPresent(labels -> inherited = labels);
      case "images.create" -> {
        names.add(ImageName.full(name));
        replaced(name, false);
        ownership.ownersOfTags(name, call).stream()
            .filter(Owner.Named.class::isInstance)
            .forEach(owner -> subjects.add(new Subject(Kind.IMAGE, name, owner, true)));
      }
      case "images.saveAll" -> {
        present(name);
        allTags(name);
      }
      case "images.build" ->
          present(name)
              .map(ImageResolver::triggers)
              .ifPresent(triggers -> Request.imagesOf(triggers).forEach(this::present));
      default -> present(name);
    }
  }

  /** A name that another image is to get. */
  void replace(String name) {
    names.add(ImageName.full(name));
    replaced(name, true);
  }

  /** Of a name without a tag, every tag is saved and pushed. */
  private void allTags(String name) {
    for (Owner owner : ownership.ownersOfTags(name, call)) {
      subjects.add(new Subject(Kind.IMAGE, name, owner, false));
    }
  }

  /** An image that need not be there; its document if it is. */
  private Optional<JsonObject> present(String name) {
    Optional<Ownership.Found> found = find(name);
    named(name, name, found);
    return found.flatMap(Ownership.Found::document);
  }

  private Optional<Ownership.Found> find(String name) {
    Optional<Ownership.Found> found = ownership.find(Kind.IMAGE, name, call);
    found.ifPresent(it -> subjects.add(new Subject(Kind.IMAGE, name, it.owner(), false)));
    return found;
  }

  /** By its name, which rules see; by its id, of which they see the names. */
  private void named(String reference, String name, Optional<Ownership.Found> found) {
    Optional<JsonObject> document = found.flatMap(Ownership.Found::document);
    Set<String> tags = new LinkedHashSet<>();
    document.ifPresent(it -> texts(it, "RepoTags").forEach(tag -> tags.add(ImageName.full(tag))));
    String full = ImageName.full(reference);
    if (ImageName.mayBeId(name) && document.isPresent() && !tags.contains(full)) {
      names.addAll(tags.isEmpty() ? Set.of("<none>") : tags);
    } else {
      names.add(full);
    }
  }

  private static List<String> triggers(JsonObject image) {
    return image.get("Config") instanceof JsonObject config ? texts(config, "OnBuild") : List.of();
  }

  private static List<String> texts(JsonObject object, String key) {
    return object.get(key) instanceof JsonArray texts
        ? texts.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList()
        : List.of();
  }

  /** An image that would lose its name; a pull may move the names that came from a registry. */
  private void replaced(String name, boolean sharedToo) {
    ownership
        .find(Kind.IMAGE, name, call)
        .ifPresent(found -> {
          Owner owner = found.owner();
          if (owner instanceof Owner.Named) {
            subjects.add(new Subject(Kind.IMAGE, name, owner, true));
          } else if (sharedToo) {
            subjects.add(new Subject(Kind.IMAGE, name, new Owner.None(), true));
          }
        });
  }
}
