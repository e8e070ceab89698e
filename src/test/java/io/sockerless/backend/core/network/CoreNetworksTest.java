package io.sockerless.backend.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.FakeContainers;
import io.sockerless.backend.core.RecordedEvents;
import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreNetworksTest {

  @TempDir Path folder;
  private final RecordedEvents events = new RecordedEvents();
  private final FakeContainers containers = new FakeContainers();
  private Store store;
  private CoreNetworks networks;
  private CoreNetworkSource source;

  @BeforeEach
  void open() {
    store = Store.open(folder);
    NetworkRegistry registry = new NetworkRegistry(store, events);
    networks = new CoreNetworks(registry, () -> containers);
    source = new CoreNetworkSource(registry, new PublishedPorts(), () -> containers);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String create(String body) {
    return networks
        .create(Calls.body(body.replace('\'', '"')))
        .document()
        .asJsonObject()
        .getString("Id");
  }

  private JsonObject inspect(String id) {
    return networks.inspect(id, Calls.query()).document().asJsonObject();
  }

  private static String subnet(JsonObject network) {
    return network
        .getJsonObject("IPAM")
        .getJsonArray("Config")
        .getJsonObject(0)
        .getString("Subnet");
  }

  private List<String> names(String filters) {
    return networks
        .list(Calls.filters(filters.replace('\'', '"')))
        .document()
        .asJsonArray()
        .getValuesAs(it -> it.asJsonObject().getString("Name"));
  }

  private EngineException refused(Runnable action) {
    EngineException refused = catchThrowableOfType(EngineException.class, action::run);
    assertThat(refused).isNotNull();
    return refused;
  }

  /** Joins a running container to a network. */
  private JsonObject join(String container, String network, String settings) {
    JsonObject prepared =
        source.prepare(
            JsonValue.EMPTY_JSON_OBJECT,
            FakeContainers.json("{\"NetworkMode\":\"" + network + "\"}"),
            FakeContainers.json("{\"EndpointsConfig\":{\"%s\":%s}}".formatted(network, settings)));
    JsonObject joined = source.join(container, "name-" + container, container, prepared);
    containers.add(
        container,
        "running",
        FakeContainers.json("{\"NetworkMode\":\"" + network + "\"}"),
        JsonValue.EMPTY_JSON_ARRAY,
        joined);
    return joined;
  }

  @Test
  void theThreePredefinedNetworksAreThereAndKeepTheirIds() {
    assertThat(names("")).containsExactly("bridge", "host", "none");
    String id = inspect("bridge").getString("Id");
    store.close();
    open();
    assertThat(inspect("bridge").getString("Id")).isEqualTo(id);
    assertThat(names("")).hasSize(3);
    assertThat(subnet(inspect("bridge"))).isEqualTo("172.17.0.0/16");
    assertThat(inspect("none").getString("Driver")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({"bridge", "host", "none"})
  void aPredefinedNetworkCannotBeRemoved(String name) {
    EngineException refused = refused(() -> networks.remove(name, Calls.query()));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused).hasMessage(name + " is a pre-defined network and cannot be removed");
  }

  @Test
  void aNetworkIsFoundByNameIdAndPrefix() {
    String id = create("{'Name':'web','Labels':{'a':'b'}}");
    assertThat(inspect("web")).isEqualTo(inspect(id)).isEqualTo(inspect(id.substring(0, 12)));
    assertThatThrownBy(() -> inspect("nope"))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("network nope not found");
  }

  @Test
  void aNetworkSurvivesARestart() {
    String id = create("{'Name':'web','Labels':{'a':'b'}}");
    JsonObject before = inspect(id);
    store.close();
    open();
    assertThat(inspect(id)).isEqualTo(before);
  }

  @Test
  void aFreedSubnetIsUsedAgain() {
    create("{'Name':'one'}");
    create("{'Name':'two'}");
    assertThat(subnet(inspect("one"))).isEqualTo("172.18.0.0/16");
    assertThat(subnet(inspect("two"))).isEqualTo("172.19.0.0/16");
    networks.remove("one", Calls.query());
    create("{'Name':'three'}");
    assertThat(subnet(inspect("three"))).isEqualTo("172.18.0.0/16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Name':'bridge'} | 403 | operation is not permitted on predefined bridge network ",
        "{'Name':' '} | 400 | invalid name: name is empty",
        "{'Name':'x','Driver':'macvlan'} | 404 | plugin \"macvlan\" not found",
        "{'Name':'x','Driver':'host'} | 403 | only one instance of \"host\" network is allowed",
        "{'Name':'x','IPAM':{'Config':[{'Subnet':'172.17.9.0/24'}]}} | 403"
            + " | Pool overlaps with other one on this address space",
        "{'Name':'x','IPAM':{'Config':[{'Subnet':'10.0.0.1/24'}]}} | 400"
            + " | invalid subnet 10.0.0.1/24: it should be 10.0.0.0/24",
        "{'Name':'x','IPAM':{'Config':[{'Subnet':'10.0.0.0/24','Gateway':'10.1.0.1'}]}} | 400"
            + " | invalid gateway 10.1.0.1: parent subnet 10.0.0.0/24 doesn't contain this address",
        "{'Name':'x','IPAM':{'Config':[{'Subnet':'10.0.0.0/24','IPRange':'10.1.0.0/25'}]}} | 400"
            + " | invalid ip-range 10.1.0.0/25: parent subnet 10.0.0.0/24 doesn't contain ip-range",
        "{'Name':'x','ConfigOnly':true} | 501 | networks that only configure others",
        "{'Name':'taken'} | 409 | network with name taken already exists",
      })
  void whatCannotBeCreatedIsRefusedInDockersWords(String body, int status, String message) {
    create("{'Name':'taken'}");
    EngineException refused = refused(() -> create(body));
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.text()).contains(message.strip());
  }

  @Test
  void ipv6IsWarnedOfAndNotPretended() {
    JsonObject created =
        networks
            .create(Calls.body("{\"Name\":\"six\",\"EnableIPv6\":true}"))
            .document()
            .asJsonObject();
    assertThat(created.getString("Warning")).contains("IPv6");
    assertThat(inspect("six").getBoolean("EnableIPv6")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"false,true", "true,false"})
  void whoWantsContainersApartIsWarned(String together, boolean warned) {
    String body =
        "{\"Name\":\"apart\",\"Options\":{\"com.docker.network.bridge.enable_icc\":\"%s\"}}";
    String warning =
        networks
            .create(Calls.body(body.formatted(together)))
            .document()
            .asJsonObject()
            .getString("Warning");
    assertThat(warning.contains("containers of a network reach each other")).isEqualTo(warned);
  }

  @ParameterizedTest
  @CsvSource({
    "abc,'failed to parse com.docker.network.driver.mtu value: abc (strconv.Atoi: parsing \"abc\":"
        + " invalid syntax)'",
    "-5,invalid MTU number: -5"
  })
  void whatIsNoSizeOfPacketsIsRefused(String mtu, String message) {
    String body =
        "{\"Name\":\"small\",\"Options\":{\"com.docker.network.driver.mtu\":\"" + mtu + "\"}}";
    assertThatThrownBy(() -> networks.create(Calls.body(body)))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(message);
  }

  @Test
  void theGatewayIsTheFirstFreeAddressOfTheRange() {
    create(
        "{'Name':'x','IPAM':{'Config':[{'Subnet':'10.12.0.0/24','IPRange':'10.12.0.128/25',"
            + "'AuxiliaryAddresses':{'router':'10.12.0.129'}}]}}");
    JsonObject settings = join("c1", "x", "{}").getJsonObject("x");
    assertThat(settings.getString("Gateway")).isEqualTo("10.12.0.128");
    assertThat(settings.getString("IPAddress")).isEqualTo("10.12.0.130");
    assertThat(settings.getString("MacAddress")).isEqualTo("02:42:0a:0c:00:82");
    assertThat(settings.getInt("IPPrefixLen")).isEqualTo(24);
  }

  @Test
  void aNetworkShowsWhoIsOnItAndIsNotRemovedMeanwhile() {
    String id = create("{'Name':'web'}");
    join("c1", "web", "{}");

    JsonObject member = inspect("web").getJsonObject("Containers").getJsonObject("c1");
    assertThat(member.getString("Name")).isEqualTo("name-c1");
    assertThat(member.getString("IPv4Address")).isEqualTo("172.18.0.2/16");
    EngineException refused = refused(() -> networks.remove("web", Calls.query()));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused)
        .hasMessage(
            "error while removing network: network web has active endpoints (name:\"name-c1\""
                + " id:\"%s\")",
            member.getString("EndpointID").substring(0, 12));

    source.leave("c1", JsonValue.EMPTY_JSON_OBJECT);
    networks.remove("web", Calls.query());
    assertThat(events.lines())
        .containsExactly(
            "network create " + id + " {name=web, type=bridge}",
            "network connect " + id + " {container=c1, name=web, type=bridge}",
            "network disconnect " + id + " {container=c1, name=web, type=bridge}",
            "network destroy " + id + " {name=web, type=bridge}");
  }

  @Test
  void filtersChoose() {
    String id = create("{'Name':'web','Labels':{'a':'b'}}");
    create("{'Name':'database'}");
    join("c1", "database", "{}");

    assertThat(names("{'name':['web']}")).containsExactly("web");
    assertThat(names("{'name':['^data']}")).containsExactly("database");
    assertThat(names("{'id':['" + id.substring(0, 10) + "']}")).containsExactly("web");
    assertThat(names("{'label':['a=b']}")).containsExactly("web");
    assertThat(names("{'driver':['null']}")).containsExactly("none");
    assertThat(names("{'type':['custom']}")).containsExactly("web", "database");
    assertThat(names("{'type':['builtin']}")).containsExactly("bridge", "host", "none");
    assertThat(names("{'dangling':['true']}")).containsExactly("web");
    assertThat(names("{'scope':['swarm']}")).isEmpty();
    assertThatThrownBy(() -> names("{'colour':['red']}")).hasMessage("invalid filter 'colour'");
  }

  @Test
  void aPruneRemovesWhatNobodyRunsOn() {
    create("{'Name':'idle'}");
    create("{'Name':'kept','Labels':{'keep':''}}");
    create("{'Name':'used'}");
    join("c1", "used", "{}");

    assertThat(prune("{\"until\":[\"10m\"]}")).containsEntry("NetworksDeleted", JsonValue.NULL);
    assertThat(pruned("{\"label!\":[\"keep\"]}")).containsExactly("idle");
    assertThat(names("{'type':['custom']}")).containsExactly("kept", "used");
  }

  private List<String> pruned(String filters) {
    return prune(filters).getJsonArray("NetworksDeleted").getValuesAs(JsonString::getString);
  }

  private JsonObject prune(String filters) {
    return networks.prune(Calls.filters(filters)).document().asJsonObject();
  }

  @Test
  void whatAContainerKnowsOfANetworkThatIsGoneCanBeTakenOffIt() {
    create("{'Name':'web'}");
    containers.add(
        "c1",
        "exited",
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_ARRAY,
        FakeContainers.json("{\"web\":{}}"));
    networks.remove("web", Calls.query());
    assertThat(refused(() -> networks.disconnect("web", Calls.body("{\"Container\":\"c1\"}"))))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("network web not found");

    networks.disconnect("web", Calls.body("{\"Container\":\"c1\",\"Force\":true}"));
    assertThat(containers.resolve("c1").networks()).isEmpty();
    assertThat(
            refused(() ->
                networks.disconnect("web", Calls.body("{\"Container\":\"c1\",\"Force\":true}"))))
        .hasMessage("container c1 is not connected to the network web");
  }

  @Test
  void anAddressOfIpv6CanBeChosenNoMoreThanAnother() {
    create("{'Name':'auto'}");
    containers.add("c1", "running");
    String body =
        "{\"Container\":\"c1\",\"EndpointConfig\":{\"IPAMConfig\":{\"IPv6Address\":\"fd00::9\"}}}";
    assertThat(refused(() -> networks.connect("bridge", Calls.body(body))))
        .hasMessage("user specified IP address is supported on user defined networks only");
    assertThat(refused(() -> networks.connect("auto", Calls.body(body))))
        .hasMessage(
            "user specified IP address is supported only when connecting to networks with user"
                + " configured subnets");
  }

  @Test
  void anAliasIsRefusedBeforeWhatElseIsAmiss() {
    containers.add(
        "c1",
        "running",
        FakeContainers.json("{\"NetworkMode\":\"none\"}"),
        JsonValue.EMPTY_JSON_ARRAY,
        FakeContainers.json("{\"none\":{}}"));
    String body = "{\"Container\":\"c1\",\"EndpointConfig\":{\"Aliases\":[\"a\"]}}";
    assertThat(refused(() -> networks.connect("bridge", Calls.body(body))))
        .hasMessage(
            "network-scoped alias is supported only for containers in user defined networks");
  }

  @Test
  void aContainerOnNoNetworkDoesNotComeToTheHosts() {
    containers.add("c1", "running");
    assertThat(refused(() -> networks.connect("host", Calls.body("{\"Container\":\"c1\"}"))))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(
            "container cannot be disconnected from host network or connected to host network");
  }

  @Test
  void aRunningContainerIsConnectedOnce() {
    create("{'Name':'web'}");
    join("c1", "bridge", "{}");
    String body = "{\"Container\":\"c1\",\"EndpointConfig\":{\"Aliases\":[\"db\"]}}";

    networks.connect("web", Calls.body(body));

    JsonObject settings = containers.resolve("c1").networks().getJsonObject("web");
    assertThat(settings.getString("IPAddress")).isEqualTo("172.18.0.2");
    assertThat(settings.getJsonArray("DNSNames").getValuesAs(JsonString::getString))
        .containsExactly("name-c1", "db", "c1");
    EngineException refused = refused(() -> networks.connect("web", Calls.body(body)));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused).hasMessage("endpoint with name name-c1 already exists in network web");
  }

  @Test
  void aContainerThatComesBackToItsFirstNetworkHasItsMacAddressThere() {
    networks.create(Calls.body("{\"Name\":\"web\"}"));
    containers.add(
        new ContainerDirectory.Entry(
            "c1",
            "name-c1",
            "sha256:0",
            "running",
            Instant.EPOCH,
            FakeContainers.json("{\"MacAddress\":\"02:00:00:00:00:07\"}"),
            FakeContainers.json("{\"NetworkMode\":\"web\"}"),
            JsonValue.EMPTY_JSON_ARRAY,
            JsonValue.EMPTY_JSON_OBJECT));
    networks.connect("web", Calls.body("{\"Container\":\"c1\"}"));
    assertThat(containers.resolve("c1").networks().getJsonObject("web").getString("MacAddress"))
        .isEqualTo("02:00:00:00:00:07");
  }

  @Test
  void aDisconnectedContainerGivesItsAddressBack() {
    create("{'Name':'web'}");
    join("c1", "web", "{}");

    networks.disconnect("web", Calls.body("{\"Container\":\"c1\"}"));

    assertThat(containers.resolve("c1").networks()).isEmpty();
    assertThat(join("c2", "web", "{}").getJsonObject("web").getString("IPAddress"))
        .isEqualTo("172.18.0.2");
    EngineException refused =
        refused(() -> networks.disconnect("web", Calls.body("{\"Container\":\"c1\"}")));
    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused).hasMessage("container c1 is not connected to network web");
  }

  @Test
  void aStoppedContainerIsConnectedOnPaper() {
    create("{'Name':'web'}");
    containers.add("c1", "exited");

    networks.connect("web", Calls.body("{\"Container\":\"c1\"}"));

    assertThat(containers.resolve("c1").networks().getJsonObject("web").getString("IPAddress"))
        .isEmpty();
    assertThat(inspect("web").getJsonObject("Containers")).isEmpty();
  }

  @Test
  void whatIsLeftOfAGoneContainerIsTakenOffByForce() {
    create("{'Name':'web'}");
    join("c1", "web", "{}");
    containers.remove("c1");

    EngineException refused =
        refused(() -> networks.disconnect("web", Calls.body("{\"Container\":\"c1\"}")));
    assertThat(refused).hasMessage("No such container: c1");
    networks.disconnect("web", Calls.body("{\"Container\":\"c1\",\"Force\":true}"));
    assertThat(inspect("web").getJsonObject("Containers")).isEmpty();
  }

  @Test
  void theHostsNetworkTakesNobodyWhoHasAnother() {
    join("c1", "bridge", "{}");
    EngineException refused =
        refused(() -> networks.connect("host", Calls.body("{\"Container\":\"c1\"}")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused)
        .hasMessage(
            "container cannot be disconnected from host network or connected to host network");
  }
}
