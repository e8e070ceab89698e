package io.sockerless.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.spi.Backend;
import io.sockerless.edge.Edge;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import io.sockerless.management.ServerManagement;
import io.sockerless.metrics.RequestMetrics;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.Filter;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.ws.rs.core.Application;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application server makes of the application, seen from inside. */
@ArquillianTest
class ApplicationInServerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject private Config config;
  @Inject private Engine engine;
  @Inject private Edge edge;
  @Inject private RequestMetrics metrics;
  @Inject private Witness witness;
  @Inject @Any private Instance<Backend> backends;
  @Inject @Startup private Instance<HealthCheck> startup;
  @Inject @Liveness private Instance<HealthCheck> liveness;
  @Inject @Readiness private Instance<HealthCheck> readiness;

  @Deployment
  static WebArchive deployment() {
    return Deployments.war(ApplicationInServerIT.class, ContainerRun.class)
        .addAsLibrary(Deployments.jar("others.jar", Witness.class, BackendOfOthers.class));
  }

  @BeforeEach
  void forgetWhatWasSeen() {
    witness.takeSeen();
  }

  @Test
  void theBackendIsTheOneThatTheServersOwnConfigurationNames() {
    assertThat(System.getProperty("sockerless.backend")).isNull();
    assertThat(System.getenv("SOCKERLESS_BACKEND")).isNull();
    assertThat(config.getValue("sockerless.backend", String.class)).isEqualTo("memory");
    assertThat(engine.backend()).isEqualTo("memory");
  }

  @Test
  void theEdgeServesWhileTheApplicationIsThere() {
    assertThat(edge.isServing()).isTrue();
  }

  @Test
  void whoeverAsksForTheEngineGetsTheSameOne() {
    assertThat(CDI.current().select(Engine.class).get()).isSameAs(engine);
  }

  @Test
  void aContainerRunsThroughThePortAlone() {
    try (ContainerRun run = ContainerRun.of(engine, "echo to stdout; echo to stderr >&2; exit 3")) {
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.logs()).contains("to stdout\n", "to stderr\n");
    }
    assertThat(witness.takeSeen())
        .containsSubsequence(
            "containers.create 201",
            "containers.start 204",
            "containers.waitFor 200",
            "containers.logs 200",
            "containers.remove 204");
  }

  @Test
  void aContainerThatWasRemovedIsNotFound() {
    ContainerRun run = ContainerRun.of(engine, "true");
    run.close();

    assertThatThrownBy(run::logs).isInstanceOf(EngineException.NotFound.class);
  }

  @Test
  void aBackendInAJarOfOthersIsOneToChoose() {
    assertThat(backends.stream().map(Backend::name))
        .containsExactlyInAnyOrder("docker", "memory", BackendOfOthers.NAME);
  }

  @Test
  void anInterceptorInAJarOfOthersSeesAnOperationOnce() {
    engine.system().version(call()).close();

    assertThat(witness.takeSeen()).containsExactly("system.version 200");
  }

  @Test
  void interceptorsStandBeforeTheRulesAndSeeWhatTheseDeny() {
    assertThatThrownBy(() -> engine.networks().list(call()))
        .isInstanceOf(EngineException.Forbidden.class);

    assertThat(witness.takeSeen()).containsExactly("networks.list 403");
  }

  @Test
  void whatIsDeniedIsCountedAndRecorded() {
    String volume = "volume-" + UUID.randomUUID();
    Path record = Path.of(config.getValue("sockerless.audit.file", String.class));
    long before = metrics.totals().operations();

    assertThatThrownBy(() -> engine.volumes().inspect(volume, call()))
        .isInstanceOf(EngineException.Forbidden.class);

    assertThat(metrics.totals().operations()).isEqualTo(before + 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(Files.readString(record))
                .containsPattern("\"target\":\"" + volume + "\".*\"decision\":\"deny\""));
  }

  @Test
  void eachKindOfHealthCheckAnswersThatItIsUp() {
    assertThat(Stream.of(startup, liveness, readiness).map(ApplicationInServerIT::answers))
        .containsExactly("edge UP", "edge UP", "backend UP");
  }

  private static String answers(Instance<HealthCheck> checks) {
    HealthCheckResponse response = checks.get().call();
    return response.getName() + " " + response.getStatus();
  }

  @Test
  void theInterfacesOfJakartaAndMicroProfileAreTheServersOwn() {
    ClassLoader application = Engine.class.getClassLoader();

    assertThat(
            Stream.of(
                Application.class,
                Config.class,
                Filter.class,
                HealthCheck.class,
                Inject.class,
                JsonProvider.class,
                Session.class))
        .extracting(Class::getClassLoader)
        .doesNotContain(application);
  }

  @Test
  void theLibrariesOfTheApplicationAreNotTheServers() throws Exception {
    for (String type :
        List.of(
            "com.fasterxml.jackson.databind.ObjectMapper",
            "org.apache.commons.compress.archivers.ArchiveEntry",
            "org.objectweb.asm.commons.Remapper",
            "org.slf4j.Logger")) {
      assertThat(Class.forName(type).getClassLoader())
          .as(type)
          .isSameAs(Engine.class.getClassLoader());
    }
  }

  @Test
  void jsonIsReadByTheServersProvider() {
    assertThat(JsonProvider.provider().getClass().getClassLoader())
        .isNotSameAs(Engine.class.getClassLoader());
  }

  @Test
  void aWebSocketOfTheInternalApiTellsHowAContainerEnded() throws Exception {
    try (ContainerRun run = ContainerRun.of(engine, "exit 7")) {
      CompletableFuture<String> message = new CompletableFuture<>();
      URI wait =
          URI.create(
              "ws://127.0.0.1:%d/internal/v1/containers/%s/wait"
                  .formatted(config.getValue("sockerless.http.port", Integer.class), run.id()));
      try (Session session =
          ContainerProvider.getWebSocketContainer()
              .connectToServer(
                  new FirstText(message), ClientEndpointConfig.Builder.create().build(), wait)) {
        assertThat(session.getRequestURI()).isEqualTo(wait);
        assertThat(message.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .contains("\"StatusCode\":7");
      }
    }
  }

  /** A client that wants one message. */
  private static final class FirstText extends Endpoint {
    private final CompletableFuture<String> message;

    FirstText(CompletableFuture<String> message) {
      this.message = message;
    }

    @Override
    public void onOpen(Session session, EndpointConfig ignored) {
      session.addMessageHandler(String.class, message::complete);
    }

    @Override
    public void onError(Session session, Throwable error) {
      message.completeExceptionally(error);
    }
  }

  @Test
  void theServerIsShownToJmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    assertThat(server.getAttribute(ObjectName.getInstance(ServerManagement.NAME), "Backend"))
        .isEqualTo("memory");
  }

  private static Call call() {
    return Call.of(Query.none());
  }
}
