package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.MemoryTree;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcFilesTest {

  private static ContainerSpec on(String network) {
    JsonObject hostConfig =
        JsonBuilders.object().add("Dns", JsonBuilders.array().add("127.0.0.1")).build();
    NetworkEndpoint endpoint =
        new NetworkEndpoint(network, network, "172.17.0.2", 16, "", "", List.of(), Map.of());
    return new ContainerSpec(
        "0".repeat(64),
        "test",
        JsonValue.EMPTY_JSON_OBJECT,
        hostConfig,
        List.of(),
        List.of(),
        Path.of("/"),
        "test",
        Map.of(),
        List.of(endpoint));
  }

  private static String read(Mounts mounts, String path) throws IOException {
    byte[] bytes = new byte[1000];
    try (OpenFile file = new Paths(mounts, Credentials.ROOT).open(path, OpenMode.READ)) {
      return new String(
          bytes, 0, Math.max(0, file.read(bytes, 0, bytes.length)), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({"bridge, 127.0.0.1", "host, 127.0.0.1", "own, 127.0.0.11"})
  void serversThatWereAskedForAreTakenWhereDockerResolvesNoNames(String network, String server)
      throws IOException {
    Mounts mounts = new Mounts(new MemoryTree(0755), false);
    new EtcFiles(on(network)).mount(mounts, new Mounts(new MemoryTree(0755), false));
    assertThat(read(mounts, "/etc/resolv.conf")).startsWith("nameserver " + server + "\n");
  }
}
