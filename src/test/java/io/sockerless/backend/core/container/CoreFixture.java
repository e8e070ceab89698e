package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.DriverSet;
import io.sockerless.backend.core.exec.CoreExecs;
import io.sockerless.backend.core.exec.ExecRegistry;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Cancellation;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Query;
import io.sockerless.wire.Headers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Containers over scripted processes, with what a test wants to say in few words. */
public final class CoreFixture implements AutoCloseable {

  /** The events in order, as {@code container start}. */
  public final List<String> events = new CopyOnWriteArrayList<>();

  /** Their attributes. */
  public final List<Map<String, String>> attributes = new CopyOnWriteArrayList<>();

  public final FakeProcessFactory processes = new FakeProcessFactory();
  public final FakeImages images = new FakeImages();
  public final FakeVolumes volumes = new FakeVolumes();
  public final FakeNetworks networks;
  public final Store store;
  public final CoreContainers containers;
  public final CoreExecs execs;
  public final ContainerServices services;

  /** Opens what the folder has. */
  public CoreFixture(Path folder) {
    this(folder, false);
  }

  /** The same, with containers that only pretend. */
  public CoreFixture(Path folder, boolean synthetic) {
    store = Store.open(folder);
    networks = new FakeNetworks(events);
    services =
        new ContainerServices(
            new ContainerRegistry(store.table("containers")),
            DriverSet.of(synthetic ? Optional.empty() : Optional.of(processes), synthetic),
            images,
            networks,
            volumes,
            new ContainerEvents(this::event),
            store.folder("containers"),
            Clock.systemUTC());
    ExecRegistry registry = new ExecRegistry(Clock.systemUTC());
    containers = new CoreContainers(services, registry);
    execs = new CoreExecs(services, registry);
    containers.recover(Runnable::run);
  }

  private void event(String type, String action, String id, Map<String, String> more) {
    attributes.add(more);
    events.add(type + " " + action);
  }

  /** A call with this query. */
  public static Call call(String query) {
    return Call.of(new Query(query));
  }

  /** A call with this document; single quotes stand for double ones. */
  public static Call call(String query, String document) {
    return call(query).with(json(document));
  }

  /** A call whose client asks for an upgrade. */
  public static Call upgrade(String version, String query) {
    return new Call(
        Optional.of(version),
        new Query(query),
        Headers.of("Upgrade", "tcp", "Connection", "Upgrade"),
        Body.none(),
        new Cancellation());
  }

  /** A document; single quotes stand for double ones. */
  public static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  /** Creates a container of {@code alpine} with more fields; answers its id. */
  public String create(String name, String fields) {
    String document = "{'Image':'alpine'" + (fields.isEmpty() ? "" : "," + fields) + "}";
    return containers
        .create(call("name=" + name, document))
        .document()
        .asJsonObject()
        .getString("Id");
  }

  /** Creates and starts a container that runs a command. */
  public String run(String name, String command) {
    String id = create(name, "'Cmd':['" + command + "']");
    containers.start(id, call("")).close();
    return id;
  }

  /** Starts a container and waits for its end; answers the exit code. */
  public int finish(String id) {
    Answer exit = containers.waitFor(id, call("condition=next-exit"));
    containers.start(id, call("")).close();
    return exit.document().asJsonObject().getInt("StatusCode");
  }

  /** The inspect document. */
  public JsonObject inspect(String id) {
    return containers.inspect(id, call("")).document().asJsonObject();
  }

  /** The state in it. */
  public JsonObject state(String id) {
    return inspect(id).getJsonObject("State");
  }

  /** The status in that. */
  public String status(String id) {
    return state(id).getString("Status");
  }

  /** What a container wrote. */
  public String logs(String id, String query) {
    return new String(
        containers.logs(id, call("stdout=1&stderr=1&" + query)).bytes(), StandardCharsets.UTF_8);
  }

  /** Reads a stream's output to its end. */
  public static String text(HijackedStream stream) throws IOException {
    return text(stream.output());
  }

  /** Reads a stream to its end. */
  public static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    processes.started.forEach(process -> process.signal(9));
    containers.close();
    store.close();
  }
}
