package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The filters of a list of containers; what they name is looked up once.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerList">ContainerList</a>
 */
final class ContainerFilters implements Predicate<ContainerRecord> {

  /** The names that a list takes. */
  static final Set<String> KNOWN =
      Set.of(
          "ancestor",
          "before",
          "exited",
          "expose",
          "health",
          "id",
          "isolation",
          "is-task",
          "label",
          "label!",
          "name",
          "network",
          "publish",
          "since",
          "status",
          "volume");

  private static final String STATUSES =
      "created, running, paused, restarting, removing, exited, dead";

  private static final List<String> HEALTH = List.of("none", "starting", "healthy", "unhealthy");

  private final Filters filters;
  private final List<Predicate<ContainerRecord>> tests = new ArrayList<>();

  ContainerFilters(Filters filters, ContainerServices services) {
    this.filters = filters;
    for (String status : filters.get("status")) {
      if (Status.of(status).isEmpty()) {
        throw new EngineException.InvalidParameter(
            "invalid filter 'status=%1$s': invalid value for state (%1$s): must be one of %2$s"
                .formatted(status, STATUSES));
      }
    }
    for (String health : filters.get("health")) {
      if (!HEALTH.contains(health)) {
        throw new EngineException.InvalidParameter(
            "invalid filter 'health=%1$s': invalid value for health (%1$s): must be one of %2$s"
                .formatted(health, String.join(", ", HEALTH)));
      }
    }
    addTimes(services);
    addAncestors(services);
    addNumbers();
    addPatterns();
    tests.add(record -> filters.labels(record.labels()));
    tests.add(record -> filters.any("status", record.state().status().text()::equals));
    tests.add(record -> filters.any("health", record.state().healthStatus()::equals));
    tests.add(record -> filters.any("network", name -> isOn(record, name)));
    tests.add(record -> filters.any("volume", name -> mounts(record, name)));
    tests.add(record ->
        // There is but one.
        filters.any("isolation", "default"::equalsIgnoreCase));
    if (filters.flag("is-task", false)) {
      tests.add(record -> false);
    }
  }

  /** Whether the list is not of the running ones alone, whatever else was asked for. */
  boolean wantsAll() {
    return filters.has("status");
  }

  @Override
  public boolean test(ContainerRecord record) {
    for (Predicate<ContainerRecord> test : tests) {
      if (!test.test(record)) {
        return false;
      }
    }
    return true;
  }

  private void addTimes(ContainerServices services) {
    for (String other : filters.get("before")) {
      Instant time = services.registry().resolve(other).current().created();
      tests.add(record -> record.created().isBefore(time));
    }
    for (String other : filters.get("since")) {
      Instant time = services.registry().resolve(other).current().created();
      tests.add(record -> record.created().isAfter(time));
    }
  }

  /** An image is an ancestor if the container's was built from it here. */
  private void addAncestors(ContainerServices services) {
    if (!filters.has("ancestor")) {
      return;
    }
    Set<String> ancestors =
        filters.get("ancestor").stream()
            .flatMap(name -> services.images().find(name, "").stream())
            .map(Image::id)
            .collect(Collectors.toSet());
    Map<String, Boolean> decided = new HashMap<>();
    tests.add(record ->
        decided.computeIfAbsent(record.imageId(), id -> descends(id, ancestors, services)));
  }

  private static boolean descends(
      String imageId, Set<String> ancestors, ContainerServices services) {
    String id = imageId;
    while (!id.isEmpty() && !ancestors.contains(id)) {
      id = services.images().parent(id);
    }
    return !id.isEmpty();
  }

  private void addNumbers() {
    if (filters.has("exited")) {
      List<Integer> codes = filters.get("exited").stream().map(this::code).toList();
      tests.add(record ->
          codes.contains(record.state().exitCode())
              && !record.state().status().isActive()
              && !record.state().finished().equals(ContainerState.NEVER));
    }
    addPorts("expose", ContainerFilters::exposed);
    addPorts("publish", ContainerFilters::published);
  }

  private int code(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new EngineException.InvalidParameter(
          "invalid filter 'exited=%s': %s".formatted(text, GoValues.noNumber("Atoi", text).text()));
    }
  }

  /** The ports of its own that it has, such as {@code 80/tcp}. */
  private static List<String> exposed(ContainerRecord record) {
    return List.copyOf(object(record.config(), "ExposedPorts").keySet());
  }

  /** The ports of the host at which it is reached: they are what {@code docker ps} shows. */
  private static List<String> published(ContainerRecord record) {
    List<String> published = new ArrayList<>();
    record
        .ports()
        .forEach((port, _) -> {
          String protocol = port.substring(port.indexOf('/') + 1);
          for (JsonObject binding : Documents.objects(record.ports(), port)) {
            published.add(string(binding, "HostPort") + "/" + protocol);
          }
        });
    return published;
  }

  private void addPorts(String name, Function<ContainerRecord, List<String>> ports) {
    if (filters.has(name)) {
      List<PortRange> wanted =
          filters.get(name).stream().map(text -> PortRange.parse(name, text)).toList();
      tests.add(record ->
          ports.apply(record).stream()
              .anyMatch(port -> wanted.stream().anyMatch(range -> range.has(port))));
    }
  }

  /** {@code from[-to][/protocol]}. */
  private record PortRange(int from, int to, String protocol) {
    private static final Pattern FORM =
        Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

    static PortRange parse(String filter, String text) {
      var matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        throw invalid(filter, text);
      }
      int from = Integer.parseInt(matcher.group(1));
      int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
      return new PortRange(from, to, matcher.group(3) == null ? "tcp" : matcher.group(3));
    }

    boolean has(String port) {
      String[] parts = port.split("/", 2);
      int number = Integer.parseInt(parts[0].split("-", 2)[0]);
      return number >= from
          && number <= to
          && protocol.equals(parts.length == 1 ? "tcp" : parts[1]);
    }
  }

  /** Names and ids are told by regular expressions, found anywhere. */
  private void addPatterns() {
    List<Pattern> names = filters.get("name").stream().map(ContainerFilters::pattern).toList();
    if (!names.isEmpty()) {
      tests.add(record ->
          names.stream()
              .anyMatch(name ->
                  name.matcher(record.name()).find() || name.matcher("/" + record.name()).find()));
    }
    List<Pattern> ids = filters.get("id").stream().map(ContainerFilters::pattern).toList();
    if (!ids.isEmpty()) {
      tests.add(record -> ids.stream().anyMatch(id -> id.matcher(record.id()).find()));
    }
  }

  /** What is no expression is itself. */
  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(text));
    }
  }

  private static boolean isOn(ContainerRecord record, String network) {
    return record.networks().entrySet().stream()
        .anyMatch(entry ->
            entry.getKey().equals(network)
                || (entry.getValue() instanceof JsonObject endpoint
                    && !network.isEmpty()
                    && string(endpoint, "NetworkID").startsWith(network)));
  }

  private static boolean mounts(ContainerRecord record, String volume) {
    return record.mounts().getValuesAs(JsonObject.class).stream()
        .anyMatch(mount ->
            string(mount, "Name").equals(volume)
                || string(mount, "Source").equals(volume)
                || string(mount, "Destination").equals(volume));
  }

  private static EngineException invalid(String name, String value) {
    return new EngineException.InvalidParameter("invalid filter '" + name + "=" + value + "'");
  }
}
