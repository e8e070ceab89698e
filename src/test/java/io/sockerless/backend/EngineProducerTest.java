package io.sockerless.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.sockerless.agent.AgentRegistry;
import io.sockerless.engine.Engine;
import io.sockerless.support.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineProducerTest {

  @TempDir private Path data;

  private final EngineProducer producer = new EngineProducer();
  private final AgentRegistry agents = new AgentRegistry(Duration.ofSeconds(60));

  private String backend(String... settings) {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "sockerless.data";
    all[settings.length + 1] = data.toString();
    Engine engine = producer.engine(Settings.of(all), agents);
    try {
      return engine.backend();
    } finally {
      producer.close(engine);
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
        .isThrownBy(() -> producer.engine(Settings.of("sockerless.backend", "podman"), agents))
        .withMessageStartingWith("sockerless.backend: podman");
  }
}
