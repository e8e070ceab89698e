package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.flag;
import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.store.Folders;
import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.backend.core.value.HostName;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes containers. */
final class ContainerCreation {

  private static final Logger LOG = System.getLogger(ContainerCreation.class.getName());
  private static final String SYNTHETIC_WARNING =
      "Nothing really runs in this container: the setting sockerless.synthetic is on.";

  /** Since then a container may be made on several networks, with a MAC address on each. */
  private static final int ENDPOINTS_SINCE = 44;

  private final ContainerServices services;
  private final Specs specs;
  private final SharedNamespaces namespaces;
  private final SecureRandom random = new SecureRandom();

  ContainerCreation(ContainerServices services, Specs specs) {
    this.services = services;
    this.specs = specs;
    this.namespaces = new SharedNamespaces(services.registry());
  }

  Answer create(Call call) {
    JsonObject request = RequestShapes.document(call, "container.CreateRequest");
    if (request.isEmpty()) {
      throw new EngineException.InvalidParameter(
          "config cannot be empty in order to create a container");
    }
    JsonObject given = DocumentChanges.without(request, "HostConfig", "NetworkingConfig");
    JsonObject hostConfig = Defaults.hostConfig(forVersion(object(request, "HostConfig"), call));
    if (ApiVersion.isBefore(call, ENDPOINTS_SINCE)) {
      CreateValidation.oneEndpoint(given, hostConfig, object(request, "NetworkingConfig"));
    }
    CreateValidation.request(given, hostConfig);
    String platform = call.query().first("platform").orElse("");
    Optional<Image> image = image(string(given, "Image"), platform, call);
    JsonObject config =
        ConfigMerge.merge(
            DocumentChanges.overlay(Defaults.CONFIG, given),
            image.map(Image::config).orElse(JsonValue.EMPTY_JSON_OBJECT));
    CreateValidation.merged(config);

    CreateValidation.storage(hostConfig);
    JsonObject shared = Link.stored(namespaces.byId(hostConfig), this::linked);

    String id = Ids.random();
    String name = reserveName(call.query().first("name").orElse(""), id);
    try {
      Draft draft = new Draft(id, name, image, shared, object(request, "NetworkingConfig"));
      return answer(add(draft, withHostname(config, hostConfig, id)));
    } catch (RuntimeException e) {
      services.registry().release(name, id);
      throw e;
    }
  }

  /** Clients of before API 1.40 expect that others may join the container's IPC namespace. */
  private static JsonObject forVersion(JsonObject hostConfig, Call call) {
    return ApiVersion.isBefore(call, 40) && string(hostConfig, "IpcMode").isEmpty()
        ? DocumentChanges.with(hostConfig, "IpcMode", "shareable")
        : hostConfig;
  }

  /** What is known of a container that is being made, besides its configuration. */
  private record Draft(
      String id,
      String name,
      Optional<Image> image,
      JsonObject hostConfig,
      JsonObject networkingConfig) {}

  private String reserveName(String wanted, String id) {
    if (!wanted.isEmpty()) {
      String name = ContainerNames.check(wanted);
      services.registry().reserve(name, id);
      return name;
    }
    while (true) {
      String name = ContainerNames.generate(random, services.registry()::isTaken);
      try {
        services.registry().reserve(name, id);
        return name;
      } catch (EngineException e) {
        // Another container has taken it since; there are more names.
        LOG.log(Level.DEBUG, "name {0} was taken", name);
      }
    }
  }

  /** The image, pulled if it is not there. */
  private Optional<Image> image(String reference, String platform, Call call) {
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    Optional<Image> present = services.images().find(reference, "");
    if (present.isEmpty() && Ids.isImage(reference)) {
      throw new EngineException.NotFound("No such image: " + reference);
    }
    if (present.isEmpty()) {
      LOG.log(Level.INFO, "create: image {0} is not there, pulling it", reference);
    }
    Image image = present.orElseGet(() -> pull(reference, platform, call));
    if (!platform.isEmpty()) {
      fits(reference, Platform.parse(platform), Platform.of(image.document()));
    }
    return Optional.of(image);
  }

  /** A client that hears of a missing image says so, and may know another place to have it from. */
  private Image pull(String reference, String platform, Call call) {
    try {
      return services.images().pull(reference, platform, call);
    } catch (EngineException.Failure | EngineException.NotFound e) {
      String name = ImageReference.parse(reference).withDefaultTag().familiar();
      LOG.log(Level.WARNING, "create: pulling image {0} failed: {1}", name, e.text());
      throw new EngineException.NotFound(
          "No such image: " + name + " (pulling it failed: " + e.text() + ")");
    }
  }

  /** Clients pull an image that is there for another platform, and then ask again. */
  private static void fits(String reference, Platform wanted, Platform actual) {
    if (!wanted.accepts(actual)) {
      throw new EngineException.NotFound(wanted.mismatch(reference, actual));
    }
  }

  /**
   * A container that another one is to share something with.
   *
   * @throws EngineException.InvalidParameter if there is none: of what is not found, clients take
   *     it to be the image
   */
  private ContainerRecord other(String name) {
    try {
      return services.registry().resolve(name).current();
    } catch (EngineException.NotFound e) {
      throw new EngineException.InvalidParameter(e.text());
    }
  }

  private String linked(Link link) {
    ContainerRecord other;
    try {
      other = other(link.target());
    } catch (EngineException e) {
      throw e.within("could not get container for " + link.target());
    }
    CreateValidation.linkTarget(other.hostConfig());
    return other.id();
  }

  private static JsonObject withHostname(JsonObject config, JsonObject hostConfig, String id) {
    if (!string(config, "Hostname").isEmpty()) {
      return config;
    }
    boolean host = string(hostConfig, "NetworkMode").equals("host");
    return DocumentChanges.with(config, "Hostname", host ? HostName.read() : id.substring(0, 12));
  }

  private ContainerRecord add(Draft draft, JsonObject config) {
    JsonObject networks =
        services.networks().prepare(config, draft.hostConfig(), draft.networkingConfig());
    JsonArray mounts =
        services
            .volumes()
            .prepare(draft.id(), config, draft.hostConfig(), other -> other(other).mounts());
    ContainerRecord added;
    try {
      added = add(draft, config, mounts, networks);
    } catch (RuntimeException e) {
      services.volumes().removeAnonymous(draft.id(), mounts);
      Folders.delete(services.folder().resolve(draft.id()));
      throw e;
    }
    services.events().publish(added, "create");
    return added;
  }

  private ContainerRecord add(
      Draft draft, JsonObject config, JsonArray mounts, JsonObject networks) {
    VolumeTargets targets = new VolumeTargets(specs);
    targets.check(record(draft, config, JsonValue.EMPTY_JSON_ARRAY, networks), mounts);
    ContainerRecord record = prepared(record(draft, config, mounts, networks));
    String imagesOwn = draft.image().map(image -> string(image.config(), "WorkingDir")).orElse("");
    new WorkingDirectory(specs).make(record, imagesOwn);
    draft.image().ifPresent(image -> services.images().hold(image, draft.id()));
    return services.registry().add(record).current();
  }

  private ContainerRecord record(
      Draft draft, JsonObject config, JsonArray mounts, JsonObject networks) {
    return new ContainerRecord(
        draft.id(),
        draft.name(),
        Instant.now(services.clock()),
        draft.image().map(Image::id).orElse(""),
        "linux",
        config,
        draft.hostConfig(),
        mounts,
        networks,
        ContainerRecord.noPorts(),
        ContainerState.created(),
        0,
        false);
  }

  /** With what whoever will run it needs in its configuration. */
  private ContainerRecord prepared(ContainerRecord record) {
    ContainerSpec spec = specs.bare(record);
    return record.withConfig(services.drivers().lifecycle(spec).prepare(spec));
  }

  private static Answer answer(ContainerRecord record) {
    return Answer.json(
        201,
        JsonBuilders.object()
            .add("Id", record.id())
            .add("Warnings", DocumentChanges.array(warnings(record)))
            .build());
  }

  private static List<String> warnings(ContainerRecord record) {
    List<String> warnings = new ArrayList<>();
    if (record.labels().containsKey(DriverSet.SYNTHETIC_LABEL)) {
      warnings.add(SYNTHETIC_WARNING);
    }
    if (flag(record.hostConfig(), "OomKillDisable")) {
      warnings.add("Your kernel does not support OomKillDisable. OomKillDisable discarded.");
    }
    if (number(record.hostConfig(), "KernelMemory") > 0) {
      warnings.add(
          "Specifying a kernel memory limit is deprecated and will be removed in a future release.");
    }
    if (string(record.hostConfig(), "NetworkMode").equals("host")
        && !object(record.hostConfig(), "PortBindings").isEmpty()) {
      warnings.add("Published ports are discarded when using host network mode");
    }
    return warnings;
  }
}
