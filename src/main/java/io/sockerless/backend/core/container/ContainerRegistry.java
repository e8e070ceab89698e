package io.sockerless.backend.core.container;

import io.sockerless.backend.core.store.Table;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All containers: found by id, name or prefix without a lock, changed one by one under their own
 * lock, and stored before anybody learns of a change.
 */
public final class ContainerRegistry {

  /** An expression that only one name matches, as clients ask for a container by its name. */
  private static final Pattern WHOLE_NAME = Pattern.compile("\\^/?([a-zA-Z0-9_-]+)\\$");

  private final Table table;
  private final ConcurrentNavigableMap<String, LiveContainer> byId = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, String> idsByName = new ConcurrentHashMap<>();
  private final ContainerIndex index = new ContainerIndex();
  private final LinkIndex links = new LinkIndex();
  private final SharedDocuments shared = new SharedDocuments();

  /** Reads what the table has; whatever runs is for the caller to settle. */
  public ContainerRegistry(Table table) {
    this.table = table;
    RecordReader reader = new RecordReader();
    table.forEachStored((_, document) -> {
      LiveContainer container = publish(reader.read(document));
      index.addUnread(container);
      links.addUnread(container);
    });
  }

  private LiveContainer publish(ContainerRecord record) {
    LiveContainer container = new LiveContainer(record);
    idsByName.put(record.name(), record.id());
    byId.put(record.id(), container);
    return container;
  }

  /**
   * Keeps a name for a container that is being made.
   *
   * @throws EngineException.Conflict in Docker's words if another one has it
   */
  void reserve(String name, String id) {
    String holder = idsByName.putIfAbsent(name, id);
    if (holder != null) {
      throw conflict(
          "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to"
              + " remove (or rename) that container to be able to reuse that name.",
          name, holder);
    }
  }

  /** Gives up a name that was kept and not used. */
  void release(String name, String id) {
    idsByName.remove(name, id);
  }

  boolean isTaken(String name) {
    return idsByName.containsKey(name);
  }

  /** Adds a container whose name is reserved; it survives from here on. */
  LiveContainer add(ContainerRecord record) {
    ContainerRecord compact = record.shared(shared);
    table.put(record.id(), compact.document());
    LiveContainer container = publish(compact);
    index.add(container);
    links.add(container);
    return container;
  }

  /** Changes a container, whose lock the caller holds; the change survives from here on. */
  ContainerRecord change(LiveContainer container, UnaryOperator<ContainerRecord> change) {
    ContainerRecord before = container.current();
    ContainerRecord after = change.apply(before);
    table.put(after.id(), after.document());
    return become(container, before, after);
  }

  /** Changes several that nobody else changes meanwhile; all that survives, or nothing does. */
  void change(List<LiveContainer> containers, UnaryOperator<ContainerRecord> change) {
    Map<LiveContainer, ContainerRecord> after = new LinkedHashMap<>();
    containers.forEach(it -> after.put(it, change.apply(it.current())));
    table.putAll(
        after.values().stream()
            .collect(Collectors.toMap(ContainerRecord::id, ContainerRecord::document)));
    after.forEach((container, record) -> become(container, container.current(), record));
  }

  /** Changes what need not survive. */
  ContainerRecord changeInMemory(LiveContainer container, UnaryOperator<ContainerRecord> change) {
    ContainerRecord before = container.current();
    return become(container, before, change.apply(before));
  }

  private ContainerRecord become(
      LiveContainer container, ContainerRecord before, ContainerRecord after) {
    container.become(after);
    index.move(container, before.state().status(), after.state().status());
    return after;
  }

  /** Gives a container the name that is reserved for it, and frees its old one. */
  void rename(LiveContainer container, String name) {
    String old = container.current().name();
    change(container, record -> record.withName(name));
    release(old, container.id());
  }

  /** Forgets a container; it never comes back from here on. */
  void remove(LiveContainer container) {
    table.remove(container.id());
    byId.remove(container.id());
    index.remove(container);
    links.remove(container);
    release(container.current().name(), container.id());
  }

  /** All names that a container is listed by: its own, and those that others are linked to. */
  List<String> names(ContainerRecord record) {
    return links.names(record);
  }

  /** All containers, in the order of their ids. */
  Collection<LiveContainer> all() {
    return byId.values();
  }

  /** Few containers, among them all that a filter lets through. */
  Collection<LiveContainer> candidates(Filters filters, boolean activeOnly) {
    List<Matcher> names = filters.get("name").stream().map(WHOLE_NAME::matcher).toList();
    if (names.isEmpty() || !names.stream().allMatch(Matcher::matches)) {
      return index.candidates(filters, activeOnly).orElseGet(this::all);
    }
    return names.stream()
        .map(name -> name.group(1))
        .distinct()
        .flatMap(name -> named(name).stream())
        .toList();
  }

  /**
   * The container of an id, a name, or an unambiguous prefix of an id.
   *
   * @throws EngineException.NotFound if there is none
   */
  public LiveContainer resolve(String idOrName) {
    return find(idOrName)
        .orElseThrow(() -> new EngineException.NotFound("No such container: " + idOrName));
  }

  /** The same, empty if there is none. */
  public Optional<LiveContainer> find(String idOrName) {
    LiveContainer exact = byId.get(idOrName);
    if (exact != null) {
      return Optional.of(exact);
    }
    String name = idOrName.startsWith("/") ? idOrName.substring(1) : idOrName;
    Optional<LiveContainer> named = named(name).or(() -> linked(name));
    return named.isPresent() || idOrName.isEmpty() ? named : byPrefix(idOrName);
  }

  private Optional<LiveContainer> named(String name) {
    return Optional.ofNullable(idsByName.get(name)).map(byId::get);
  }

  /** By the name that another container's link has for it, as {@code other/alias}. */
  private Optional<LiveContainer> linked(String path) {
    int slash = path.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : named(path.substring(0, slash))
            .flatMap(other -> Link.find(other.current(), path.substring(slash + 1)))
            .map(link -> byId.get(link.target()));
  }

  private Optional<LiveContainer> byPrefix(String prefix) {
    Map.Entry<String, LiveContainer> first = byId.ceilingEntry(prefix);
    if (first == null || !first.getKey().startsWith(prefix)) {
      return Optional.empty();
    }
    String next = byId.higherKey(first.getKey());
    if (next != null && next.startsWith(prefix)) {
      throw new EngineException.InvalidParameter(
          "multiple IDs found with provided prefix: " + prefix);
    }
    return Optional.of(first.getValue());
  }

  /** A 409 in Docker's words, with what they leave open filled in. */
  @SuppressWarnings("AnnotateFormatMethod") // Its annotation is no dependency of ours.
  static EngineException conflict(String message, Object... arguments) {
    return EngineException.of(409, message.formatted(arguments), Headers.empty());
  }
}
