package io.sockerless.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.docker.DockerBackend;
import io.sockerless.backend.memory.MemoryBackend;
import io.sockerless.backend.spi.Backend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.engine.Engine;
import io.sockerless.support.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {

  @TempDir private Path data;

  private final Backends backends = new Backends(List.of(new DockerBackend(), new MemoryBackend()));
  private final AgentRegistry agents = new AgentRegistry(Duration.ofSeconds(60));

  private String backend(String... settings) {
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "sockerless.data";
    all[settings.length + 1] = data.toString();
    Engine engine = backends.engine(new BackendContext(Settings.of(all), agents, Runnable::run));
    try {
      return engine.backend();
    } finally {
      new EngineProducer().close(engine);
    }
  }

  @Test
  void theSettingNamesTheBackend() {
    assertThat(backend("sockerless.backend", "docker")).isEqualTo("docker");
    assertThat(backend("sockerless.backend", "memory")).isEqualTo("memory");
  }

  @Test
  void withoutASettingItIsDockerWhereADaemonAnswers() throws IOException {
    HttpServer daemon =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    daemon.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Api-Version", "1.41");
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'O', 'K'});
          exchange.close();
        });
    daemon.start();
    try {
      assertThat(
              backend("sockerless.docker.host", "tcp://127.0.0.1:" + daemon.getAddress().getPort()))
          .isEqualTo("docker");
    } finally {
      daemon.stop(0);
    }
  }

  @Test
  void withoutASettingItIsMemoryWhereNoDaemonAnswers() {
    assertThat(backend("sockerless.docker.host", "unix://" + data.resolve("nothing.sock")))
        .isEqualTo("memory");
  }

  @Test
  void anEngineThatIsClosedLeavesItsDataToTheNext() {
    assertThat(backend("sockerless.backend", "memory")).isEqualTo("memory");
    assertThat(backend("sockerless.backend", "memory")).isEqualTo("memory");
  }

  @Test
  void aBackendThatIsNotThereIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backend("sockerless.backend", "podman"))
        .withMessage(
            "sockerless.backend: podman: there is no such backend; there are: auto, docker,"
                + " memory");
  }

  @Test
  void aBackendOfAnotherJarIsChosenByItsName() {
    Engine engine =
        new DockerBackend().create(new BackendContext(Settings.of(), agents, Runnable::run));
    Backends more = new Backends(List.of(new MemoryBackend(), new Named("cloud", engine)));

    assertThat(
            more.engine(
                new BackendContext(
                    Settings.of("sockerless.backend", "cloud"), agents, Runnable::run)))
        .isSameAs(engine);
  }

  @Test
  void twoBackendsOfOneNameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backends(List.of(new MemoryBackend(), new MemoryBackend())))
        .withMessageStartingWith("backend memory: the name of");
  }

  private record Named(String name, Engine engine) implements Backend {
    @Override
    public Engine create(BackendContext context) {
      return engine;
    }
  }
}
