package io.sockerless.backend.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.RecordedEvents;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreNetworkSourceTest {

  @TempDir Path folder;
  private final FakeContainers containers = new FakeContainers();
  private final RecordedEvents events = new RecordedEvents();
  private Store store;
  private CoreNetworks networks;
  private CoreNetworkSource source;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    NetworkRegistry registry = new NetworkRegistry(store, events);
    source = new CoreNetworkSource(registry, new PublishedPorts(), () -> containers);
    networks = new CoreNetworks(registry, () -> containers);
    networks.create(Calls.body("{\"Name\":\"auto\"}"));
    networks.create(Calls.body("{\"Name\":\"inner\",\"Internal\":true}"));
    networks.create(
        Calls.body("{\"Name\":\"fixed\",\"IPAM\":{\"Config\":[{\"Subnet\":\"10.44.0.0/24\"}]}}"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private JsonObject prepare(String mode, String endpoints) {
    return prepare("", mode, endpoints);
  }

  private JsonObject prepare(String mac, String mode, String endpoints) {
    return source.prepare(
        FakeContainers.json("{\"MacAddress\":\"" + mac + "\"}"),
        FakeContainers.json("{\"NetworkMode\":\"" + mode + "\"}"),
        FakeContainers.json("{\"EndpointsConfig\":" + endpoints.replace('\'', '"') + "}"));
  }

  private JsonObject join(String id, JsonObject prepared) {
    return source.join(id, "name-" + id, "", prepared);
  }

  private static String address(JsonObject networks, String name) {
    return networks.getJsonObject(name).getString("IPAddress");
  }

  @ParameterizedTest
  @CsvSource({
    "default,bridge",
    "'',bridge",
    "bridge,bridge",
    "host,host",
    "none,none",
    "auto,auto"
  })
  void theModeNamesTheFirstNetwork(String mode, String network) {
    assertThat(prepare(mode, "{}").keySet()).containsExactly(network);
  }

  @Test
  void nothingIsAllocatedBeforeTheStart() {
    JsonObject settings = prepare("auto", "{}").getJsonObject("auto");
    assertThat(settings.getString("IPAddress")).isEmpty();
    assertThat(settings.getString("EndpointID")).isEmpty();
    assertThat(events.lines()).noneMatch(line -> line.startsWith("network connect"));
  }

  @Test
  void whatAClientGaveIsKeptWhole() {
    JsonObject settings =
        prepare("auto", "{'auto':{'Aliases':['db'],'Unknown':{'a':1}}}").getJsonObject("auto");
    assertThat(settings.getJsonObject("Unknown")).isEqualTo(FakeContainers.json("{\"a\":1}"));
    assertThat(settings.getJsonArray("Aliases").getValuesAs(JsonString::getString))
        .containsExactly("db");
  }

  @ParameterizedTest
  @CsvSource({"auto,02:00:00:00:00:07", "default,''"})
  void theContainersMacAddressIsForItsFirstNetwork(String mode, String onAuto) {
    JsonObject prepared = prepare("02:00:00:00:00:07", mode, "{'auto':{},'fixed':{}}");
    assertThat(mac(prepared, mode.equals("default") ? "bridge" : mode))
        .isEqualTo("02:00:00:00:00:07");
    assertThat(mac(prepared, "auto")).isEqualTo(onAuto);
    assertThat(mac(prepared, "fixed")).isEmpty();
    assertThat(mac(join("c1", prepared), "fixed")).isEqualTo("02:42:0a:2c:00:02");
  }

  private static String mac(JsonObject networks, String name) {
    return networks.getJsonObject(name).getString("MacAddress");
  }

  @Test
  void aContainerWithoutABridgeHasNoMacAddress() {
    assertThat(mac(prepare("02:00:00:00:00:07", "none", "{}"), "none")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo | {} | invalid config for network bridge: invalid MAC address foo",
        "'' | {'bridge':{'MacAddress':'02:00'}} | invalid config for network bridge: invalid MAC"
            + " address 02:00",
        "02:00:00:00:00:07 | {'bridge':{'MacAddress':'02:00:00:00:00:08'}} | the container-wide MAC"
            + " address must match the endpoint-specific MAC address for the main network, or be left"
            + " empty",
      },
      quoteCharacter = '"')
  void aMacAddressThatCannotBeHadIsRefused(String mac, String endpoints, String message) {
    EngineException refused =
        catchThrowableOfType(
            EngineException.class, () -> prepare(mac.replace("''", ""), "default", endpoints));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused).hasMessage(message);
  }

  @Test
  void aContainerMayBeginOnSeveralNetworks() {
    JsonObject joined = join("c1", prepare("auto", "{'auto':{},'fixed':{}}"));
    assertThat(address(joined, "auto")).isEqualTo("172.18.0.2");
    assertThat(address(joined, "fixed")).isEqualTo("10.44.0.2");
  }

  @Test
  void aNetworkIsLookedForOnlyWhenTheContainerStarts() {
    JsonObject prepared = prepare("nope", "{}");

    EngineException refused =
        catchThrowableOfType(EngineException.class, () -> join("c1", prepared));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused).hasMessage("network nope not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bridge | 172.17.0.9 | user specified IP address is supported on user defined networks"
            + " only",
        "auto | 172.18.0.9 | user specified IP address is supported only when connecting to"
            + " networks with user configured subnets",
        "fixed | 10.45.0.1 | Invalid address 10.45.0.1: It does not belong to any of this network's"
            + " subnets",
        "fixed | elsewhere | invalid IPv4 address: elsewhere",
      })
  void anAddressThatCannotBeHadIsRefused(String network, String address, String message) {
    String endpoints = "{'%s':{'IPAMConfig':{'IPv4Address':'%s'}}}".formatted(network, address);
    EngineException refused =
        catchThrowableOfType(EngineException.class, () -> prepare(network, endpoints));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused).hasMessage(message);
  }

  @Test
  void anAddressThatIsAskedForIsGivenAndThenTaken() {
    JsonObject wanted = prepare("fixed", "{'fixed':{'IPAMConfig':{'IPv4Address':'10.44.0.9'}}}");
    assertThat(address(join("c1", wanted), "fixed")).isEqualTo("10.44.0.9");

    EngineException refused = catchThrowableOfType(EngineException.class, () -> join("c2", wanted));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused).hasMessage("Address already in use");

    source.leave("c1", wanted);
    assertThat(address(join("c2", wanted), "fixed")).isEqualTo("10.44.0.9");
  }

  @Test
  void aJoinThatFailsLeavesNoTrace() {
    join("c1", prepare("fixed", "{'fixed':{'IPAMConfig':{'IPv4Address':'10.44.0.9'}}}"));
    JsonObject both =
        prepare("auto", "{'auto':{},'fixed':{'IPAMConfig':{'IPv4Address':'10.44.0.9'}}}");

    assertThat(catchThrowableOfType(EngineException.class, () -> join("c2", both))).isNotNull();

    assertThat(address(join("c3", prepare("auto", "{}")), "auto")).isEqualTo("172.18.0.2");
  }

  @Test
  void aContainerThatStartsAgainHasOneAddress() {
    JsonObject prepared = prepare("auto", "{}");
    JsonObject first = join("c1", prepared);
    assertThat(address(join("c1", first), "auto")).isEqualTo("172.18.0.2");
    assertThat(address(join("c2", prepared), "auto")).isEqualTo("172.18.0.3");
  }

  @Test
  void namesResolveOnNetworksOfUsersAlone() {
    JsonObject joined =
        source.join(
            "0123456789abcdef", "web", "box", prepare("auto", "{'auto':{'Aliases':['db']}}"));
    List<NetworkEndpoint> endpoints = source.endpoints("0123456789abcdef", "web", joined);
    assertThat(endpoints.getFirst().aliases()).containsExactly("web", "db", "0123456789ab", "box");
    assertThat(endpoints.getFirst().address()).isEqualTo("172.18.0.2");
    assertThat(endpoints.getFirst().gateway()).isEqualTo("172.18.0.1");

    JsonObject bridged = source.join("c2", "other", "box", prepare("bridge", "{}"));
    assertThat(source.endpoints("c2", "other", bridged).getFirst().aliases()).isEmpty();
  }

  @Test
  void anEndpointHasTheAddressesOfTheLinkThatWereAskedForAndNoneOfIpv6() {
    JsonObject prepared =
        prepare("auto", "{'auto':{'IPAMConfig':{'LinkLocalIPs':['169.254.8.8','fe80::8']}}}");
    NetworkEndpoint endpoint = source.endpoints("c1", "web", join("c1", prepared)).getFirst();
    assertThat(endpoint.address()).isEqualTo("172.18.0.2");
    assertThat(endpoint.linkLocal()).containsExactly("169.254.8.8");
  }

  @ParameterizedTest
  @CsvSource({"'',1500", "0,1500", "1400,1400", "99999999999,1500"})
  void theLargestPacketIsAsTheNetworksOptionSays(String option, int mtu) {
    networks.create(
        Calls.body(
            "{\"Name\":\"sized\",\"Options\":{\"com.docker.network.driver.mtu\":\"%s\"}}"
                .formatted(option)));
    JsonObject joined = join("c1", prepare("sized", "{}"));
    assertThat(source.endpoints("c1", "x", joined).getFirst().mtu()).isEqualTo(mtu);
  }

  @ParameterizedTest
  @CsvSource({
    "foo,invalid link-local IP address: foo",
    "169.253.8.8,invalid link local IP address: 169.253.8.8"
  })
  void anAddressThatIsNotOfTheLinkIsRefused(String address, String message) {
    String endpoints = "{'auto':{'IPAMConfig':{'LinkLocalIPs':['" + address + "']}}}";
    assertThatThrownBy(() -> prepare("auto", endpoints))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(message);
  }

  @Test
  void whatAContainerCallsOthersIsOfOneNetwork() {
    JsonObject joined =
        source.join("c1", "web", "box", prepare("auto", "{'auto':{'Links':['db:store','cache']}}"));
    assertThat(source.endpoints("c1", "web", joined).getFirst().links())
        .containsOnly(Map.entry("store", "db"), Map.entry("cache", "cache"));
  }

  @Test
  void aRenamedContainerHasItsNewNameAndAllElseAsBefore() {
    JsonObject joined =
        source.join("c1", "old", "box", prepare("auto", "{'auto':{'Aliases':['db']}}"));
    List<String> before = List.copyOf(events.lines());

    JsonObject renamed = source.renamed("c1", "new", "box", joined);

    assertThat(source.endpoints("c1", "new", renamed).getFirst().aliases())
        .containsExactlyInAnyOrder("new", "db", "c1", "box");
    assertThat(DocumentChanges.without(renamed.getJsonObject("auto"), "DNSNames"))
        .isEqualTo(DocumentChanges.without(joined.getJsonObject("auto"), "DNSNames"));
    assertThat(events.lines()).isEqualTo(before);
  }

  @Test
  void anInternalNetworkHasNoWayOut() {
    JsonObject joined = join("c1", prepare("inner", "{}"));
    assertThat(joined.getJsonObject("inner").getString("Gateway")).isEmpty();
    assertThat(source.endpoints("c1", "x", joined).getFirst().gateway()).isEmpty();
  }

  @Test
  void withoutANetworkThereIsNoEndpoint() {
    assertThat(source.endpoints("c1", "x", join("c1", prepare("none", "{}")))).isEmpty();
  }

  @Test
  void onTheHostsNetworkAContainerIsAtLoopback() {
    NetworkEndpoint endpoint =
        source.endpoints("c1", "x", join("c1", prepare("host", "{}"))).getFirst();
    assertThat(endpoint.networkName()).isEqualTo("host");
    assertThat(endpoint.address()).isEqualTo("127.0.0.1");
  }

  @Test
  void aContainerMayShareAnothersNetworks() {
    JsonObject joined = join("c1", prepare("auto", "{}"));
    JsonObject sharing = FakeContainers.json("{\"NetworkMode\":\"container:c1\"}");
    containers.add(
        "c1", "running", JsonValue.EMPTY_JSON_OBJECT, JsonValue.EMPTY_JSON_ARRAY, joined);
    containers.add(
        "c2", "running", sharing, JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_OBJECT);

    assertThat(prepare("container:c1", "{}")).isEmpty();
    assertThat(source.endpoints("c2", "x", JsonValue.EMPTY_JSON_OBJECT))
        .isEqualTo(source.endpoints("c1", "name-c1", joined));
  }

  @Test
  void theNetworksOfAContainerThatIsNotThereCannotBeShared() {
    JsonObject sharing = FakeContainers.json("{\"NetworkMode\":\"container:nope\"}");
    containers.add(
        "c2", "created", sharing, JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_OBJECT);

    assertThat(prepare("container:nope", "{}")).isEmpty();
    EngineException refused =
        catchThrowableOfType(EngineException.class, () -> join("c2", JsonValue.EMPTY_JSON_OBJECT));
    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused)
        .hasMessage("joining network namespace of container: No such container: nope");
  }

  @Test
  void whoSharesAnothersNetworksHasItsHostName() {
    JsonObject sharing = FakeContainers.json("{\"NetworkMode\":\"container:c1\"}");
    containers.add("c1", "running");
    containers.add(
        "c2", "created", sharing, JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_OBJECT);

    assertThat(source.sharedHostname("c2")).contains("host-c1");
    assertThat(source.sharedHostname("c1")).isEmpty();
  }

  @Test
  void aContainerCannotShareItsOwnNetworks() {
    JsonObject sharing = FakeContainers.json("{\"NetworkMode\":\"container:name-c1\"}");
    containers.add(
        "c1", "created", sharing, JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_OBJECT);
    assertThatThrownBy(() -> join("c1", JsonValue.EMPTY_JSON_OBJECT))
        .hasMessage("cannot join own network");
  }

  @Test
  void theNetworksOfAContainerThatDoesNotRunCannotBeShared() {
    JsonObject sharing = FakeContainers.json("{\"NetworkMode\":\"container:c1\"}");
    containers.add(
        "c1",
        "exited",
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_ARRAY,
        JsonValue.EMPTY_JSON_OBJECT);
    containers.add(
        "c2", "created", sharing, JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_OBJECT);

    EngineException refused =
        catchThrowableOfType(EngineException.class, () -> join("c2", JsonValue.EMPTY_JSON_OBJECT));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused)
        .hasMessage(
            "cannot join network namespace of a non running container: container name-c1 is"
                + " exited");
  }

  @Test
  void aStoppedContainersSettingsAreThoseBeforeItsStart() {
    JsonObject prepared = prepare("auto", "{'auto':{'MacAddress':'02:00:00:00:00:01'},'fixed':{}}");
    JsonObject joined = join("c1", prepared);
    assertThat(joined.getJsonObject("auto").getString("MacAddress")).isEqualTo("02:00:00:00:00:01");

    JsonObject released = source.released(joined);

    assertThat(released.getJsonObject("auto").getString("MacAddress"))
        .isEqualTo("02:00:00:00:00:01");
    assertThat(released.getJsonObject("fixed").getString("MacAddress")).isEmpty();
    assertThat(address(released, "fixed")).isEmpty();
    assertThat(released.getJsonObject("fixed").getString("NetworkID"))
        .isEqualTo(joined.getJsonObject("fixed").getString("NetworkID"));
  }
}
