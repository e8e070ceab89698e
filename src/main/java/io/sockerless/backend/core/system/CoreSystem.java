package io.sockerless.backend.core.system;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.backend.core.event.EventHistory;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.SystemOperations;
import io.sockerless.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** The Docker API's operations on the server itself. */
public final class CoreSystem implements SystemOperations {

  private static final byte[] OK = "OK".getBytes(StandardCharsets.UTF_8);

  private static final Headers PING =
      Headers.of(
          "Content-Type",
          "text/plain; charset=utf-8",
          "Builder-Version",
          "1",
          "Cache-Control",
          "no-cache, no-store, must-revalidate",
          "Pragma",
          "no-cache",
          "Swarm",
          "inactive");

  private final ServerFacts server;
  private final HostFacts host;
  private final InfoDocument info;
  private final EventHistory events;
  private final Supplier<ContainerDirectory> containers;
  private final Holdings holdings;
  private final CredentialCheck login;

  /**
   * Serves one server.
   *
   * @param containers asked only when an operation runs
   */
  public CoreSystem(
      ServerFacts server,
      Store store,
      EventHistory events,
      Supplier<ContainerDirectory> containers,
      Holdings holdings,
      CredentialCheck login) {
    this.server = server;
    this.host = HostFacts.read();
    this.info = new InfoDocument(ServerId.of(store), server, host);
    this.events = events;
    this.containers = containers;
    this.holdings = holdings;
    this.login = login;
  }

  @Override
  public Answer auth(Call call) {
    String token = login.login(RequestShapes.document(call, "registry.AuthConfig"));
    return Answer.json(
        200,
        JsonBuilders.object().add("IdentityToken", token).add("Status", "Login Succeeded").build());
  }

  @Override
  public Answer info(Call call) {
    return Answer.json(
        200, info.document(containers.get().all(), holdings.imageCount(), events.listeners()));
  }

  @Override
  public Answer version(Call call) {
    return Answer.json(200, new VersionDocument(server, host).document());
  }

  @Override
  public Answer ping(Call call) {
    return new Answer(200, "", PING, new ByteArrayInputStream(OK), OK.length, () -> {});
  }

  @Override
  public Answer pingHead(Call call) {
    return new Answer(200, "", PING, InputStream.nullInputStream(), 0, () -> {});
  }

  @Override
  public Answer events(Call call) {
    return events.stream(call);
  }

  @Override
  public Answer diskUsage(Call call) {
    return Answer.json(200, DiskUsage.of(call).document(holdings));
  }

  @Override
  public HijackedStream session(Call call) {
    throw noBuildKit();
  }

  @Override
  public HijackedStream grpc(Call call) {
    throw noBuildKit();
  }

  private static EngineException noBuildKit() {
    return new EngineException.NotImplemented(
        "BuildKit is not served by this backend: it would have to run BuildKit's own server behind"
            + " this stream; set DOCKER_BUILDKIT=0 for the classic builder, which is served");
  }
}
