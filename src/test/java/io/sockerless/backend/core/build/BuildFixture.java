package io.sockerless.backend.core.build;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ContainerEvents;
import io.sockerless.backend.core.container.ContainerRegistry;
import io.sockerless.backend.core.container.ContainerServices;
import io.sockerless.backend.core.container.CoreContainers;
import io.sockerless.backend.core.container.FakeNetworks;
import io.sockerless.backend.core.container.FakeProcess;
import io.sockerless.backend.core.container.FakeProcessFactory;
import io.sockerless.backend.core.container.FakeVolumes;
import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.backend.core.exec.ExecRegistry;
import io.sockerless.backend.core.image.ImageService;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Query;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Builds over real images and scripted processes: a command prints its words, or does as told. */
final class BuildFixture implements AutoCloseable {

  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  /** The events in order, as {@code container start}; those of networks are left out. */
  final List<String> events = new CopyOnWriteArrayList<>();

  final FakeProcessFactory processes = new FakeProcessFactory();
  final CoreContainers containers;
  final ImageSource images;
  final BuildService builds;
  private final ImageService service;
  private final Store store;

  BuildFixture(Path folder) throws IOException {
    store = Store.open(folder);
    service =
        new ImageService(
            store,
            new RegistryConfig(List.of(), false, NOBODY, NOBODY),
            this::event,
            this::directory,
            Optional.empty());
    images = service.source();
    containers =
        new CoreContainers(
            new ContainerServices(
                new ContainerRegistry(store.table("containers")),
                DriverSet.of(Optional.of(processes), false),
                images,
                new FakeNetworks(new CopyOnWriteArrayList<>()),
                new FakeVolumes(),
                new ContainerEvents(this::event),
                store.folder("containers"),
                Clock.systemUTC()),
            new ExecRegistry(Clock.systemUTC()));
    builds =
        new BuildService(
            store,
            DriverSet.of(Optional.of(processes), false),
            images,
            () -> containers,
            this::directory,
            this::event);
    processes.files.layer = tar("changed", "by a step");
    processes.on("/bin/sh", BuildFixture::shell);
    images.tag(base(), "base");
  }

  private ContainerDirectory directory() {
    return containers.directory();
  }

  private void event(String type, String action, String id, Map<String, String> more) {
    events.add(type + " " + action);
  }

  /** Knows {@code exit CODE} and {@code sleep}; prints anything else. */
  private static int shell(FakeProcess process) throws Exception {
    String command = process.spec.command().getLast();
    if (command.startsWith("exit ")) {
      return Integer.parseInt(command.substring(5));
    }
    if (command.equals("sleep")) {
      return 128 + process.awaitSignal();
    }
    process.out(command + "\n");
    return 0;
  }

  private Image base() throws IOException {
    JsonObject document =
        Json.createObjectBuilder()
            .add("os", "linux")
            .add("architecture", "amd64")
            .add("created", "2026-01-01T00:00:00Z")
            .add(
                "config", Json.createObjectBuilder().add("Cmd", Json.createArrayBuilder().add("x")))
            .build();
    JsonObject history = Json.createObjectBuilder().add("created_by", "base").build();
    return images.commit(
        Optional.empty(),
        document,
        history,
        Optional.of(new ByteArrayInputStream(tar("base", "of all"))));
  }

  /** A tar stream of one file. */
  static byte[] tar(String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarWriter writer = new TarWriter(tar)) {
      writer.put(
          new TarEntry(name, TarEntry.Kind.FILE, 0644, 0, 0, Instant.EPOCH, "", 0, 0, bytes.length),
          new ByteArrayInputStream(bytes));
    }
    return tar.toByteArray();
  }

  /** The call of a build whose context is a Dockerfile; parameters are names and values in turn. */
  static Call call(String dockerfile, String... parameters) throws IOException {
    return call(tar("Dockerfile", dockerfile), parameters);
  }

  /** The call of a build. */
  static Call call(byte[] context, String... parameters) {
    Query query = Query.none();
    for (int i = 0; i < parameters.length; i += 2) {
      query = query.and(parameters[i], parameters[i + 1]);
    }
    return Call.of(query).with(Body.of(context));
  }

  /** Builds, and answers the records. */
  List<JsonObject> build(String dockerfile, String... parameters) throws IOException {
    return records(builds.build(call(dockerfile, parameters)));
  }

  /** The records of an answer. */
  static List<JsonObject> records(Answer answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> Body.parse(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /** The text in records. */
  static String text(List<JsonObject> records) {
    return records.stream()
        .map(record -> record.getString("stream", ""))
        .collect(Collectors.joining());
  }

  /** Removes an image as a client does. */
  void remove(String image) {
    service.images(builds).remove(image, Call.of(Query.none())).close();
  }

  /** All containers as a client lists them. */
  List<JsonObject> listed() {
    return containers
        .list(Call.of(Query.none().and("all", "1")))
        .document()
        .asJsonArray()
        .getValuesAs(JsonValue::asJsonObject);
  }

  @Override
  public void close() {
    processes.started.forEach(process -> process.signal(9));
    builds.close();
    containers.close();
    service.close();
    store.close();
  }
}
