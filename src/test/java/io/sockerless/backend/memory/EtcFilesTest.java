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
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcFilesTest {

  private static ContainerSpec on(String network) {
    return on(network, JsonBuilders.object().add("Dns", array("127.0.0.1")).build());
  }

  private static JsonArrayBuilder array(String texts) {
    return JsonBuilders.array(List.of(texts.split(" ")));
  }

  private static ContainerSpec on(String network, JsonObject hostConfig) {
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
        network.equals("none") ? List.of() : List.of(endpoint));
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

  @ParameterizedTest
  @CsvSource(
      value = {
        "own    | nameserver 127.0.0.11/search a.b/options timeout:3 ndots:0/ | timeout:3",
        "own    | nameserver 127.0.0.11/search a.b/options ndots:2/           | ndots:2",
        "bridge | nameserver 1.2.3.4/search a.b/options timeout:3/            | timeout:3",
        "none   | nameserver 1.2.3.4/search a.b/options timeout:3/            | timeout:3",
      },
      delimiter = '|')
  void whatIsAskedForIsInTheLinesOfDocker28(String network, String lines, String options)
      throws IOException {
    JsonObject hostConfig =
        JsonBuilders.object()
            .add("Dns", array("1.2.3.4"))
            .add("DnsSearch", array("a.b"))
            .add("DnsOptions", array(options))
            .build();
    assertThat(resolver(on(network, hostConfig))).isEqualTo(lines.replace('/', '\n'));
  }

  @ParameterizedTest
  @CsvSource({
    "own, nameserver 127.0.0.11/options ndots:0/",
    "bridge, nameserver 127.0.0.11/",
    "none, ''"
  })
  void optionsAreForTheResolverOfDocker(String network, String lines) throws IOException {
    assertThat(resolver(on(network, JsonValue.EMPTY_JSON_OBJECT)))
        .isEqualTo(lines.replace('/', '\n'));
  }

  @Test
  void hostsStandInTheOrderInWhichTheyWereGiven() throws IOException {
    ContainerSpec plain = on("none");
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put("b", "9.9.9.9");
    hosts.put("a", "1.1.1.1");
    hosts.put("c", "5.5.5.5");
    ContainerSpec spec =
        new ContainerSpec(
            plain.id(),
            plain.name(),
            plain.config(),
            plain.hostConfig(),
            plain.layers(),
            plain.mounts(),
            plain.folder(),
            plain.hostname(),
            hosts,
            plain.networks());
    Mounts mounts = new Mounts(new MemoryTree(0755), false);
    new EtcFiles(spec).mount(mounts, new Mounts(new MemoryTree(0755), false));
    assertThat(read(mounts, "/etc/hosts")).endsWith("9.9.9.9\tb\n1.1.1.1\ta\n5.5.5.5\tc\n");
  }

  private static String resolver(ContainerSpec spec) throws IOException {
    Mounts mounts = new Mounts(new MemoryTree(0755), false);
    new EtcFiles(spec).mount(mounts, new Mounts(new MemoryTree(0755), false));
    return read(mounts, "/etc/resolv.conf");
  }
}
