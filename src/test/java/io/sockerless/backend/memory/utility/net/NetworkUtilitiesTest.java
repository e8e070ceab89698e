package io.sockerless.backend.memory.utility.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.network.ContainerNetwork;
import io.sockerless.backend.memory.network.Switchboard;
import io.sockerless.backend.memory.proc.SystemTree;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.file.FileUtilities;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A server and a client in one container. */
class NetworkUtilitiesTest {

  private final ContainerNetwork network =
      new ContainerNetwork(
          new Switchboard(),
          List.of(
              new NetworkEndpoint(
                  "net",
                  "net",
                  "172.18.0.2",
                  16,
                  "172.18.0.1",
                  "02:42:00:00:00:01",
                  List.of("web"),
                  Map.of())),
          Map.of("fixed", "172.18.0.2"));
  private final Sandbox sandbox = new Sandbox().with(network).asChild();

  @BeforeEach
  void fillTheContainer() throws IOException {
    TextUtilities.programs().forEach(sandbox::with);
    FileUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeDirectory("/www", 0755);
    sandbox.files().makeDirectory("/www/sub", 0755);
    sandbox.withFile("/www/f", "hello\n").withFile("/www/sub/index.html", "index");
  }

  @AfterEach
  void leave() {
    network.close();
  }

  private Sandbox.Result withServer(List<String> server, String... client) {
    return withServer("/dev/null", server, client);
  }

  private Sandbox.Result withServer(String input, List<String> server, String... client) {
    return sandbox.run(task -> serveMeanwhile(task, input, server, List.of(client)), client);
  }

  private static int serveMeanwhile(
      Task task, String input, List<String> server, List<String> client) throws IOException {
    Task serving = task.fork(it -> Commands.execute(it, server), it -> setInput(it, input));
    while (task.kernel().network().entries().stream().noneMatch(NetworkStack.Entry::listening)) {
      task.sleep(Duration.ofMillis(5));
    }
    int code = Commands.run(task, client);
    serving.signal(Signal.TERM);
    return code;
  }

  private static int setInput(Task task, String input) throws IOException {
    task.descriptors().set(0, task.files().open(input, OpenMode.READ));
    return 0;
  }

  private Sandbox.Result withHttpd(String... client) {
    return withServer(List.of("httpd", "-f", "-p", "8080", "-h", "/www"), client);
  }

  @Test
  void wgetPrintsWhatHttpdServes() {
    Sandbox.Result result = withHttpd("wget", "-q", "-O", "-", "http://127.0.0.1:8080/f");
    assertThat(result.output()).isEqualTo("hello\n");
    assertThat(result.code()).isZero();
  }

  @Test
  void onlyInterfacesThatAreUpAreShownWhichAllAre() {
    Sandbox.Result all = sandbox.run("ip", "address");
    Sandbox.Result up = sandbox.run("ip", "a", "show", "up");
    assertThat(up.errors()).isEmpty();
    assertThat(up.output()).isEqualTo(all.output()).contains("lo", "eth0");
  }

  @Test
  void withoutANetworkNoneIsReached() {
    try (ContainerNetwork none = new ContainerNetwork(new Switchboard(), List.of(), Map.of())) {
      Sandbox lonely = new Sandbox().with(none).asChild();
      NetworkUtilities.programs().forEach(lonely::with);
      Sandbox.Result result = lonely.run("ping", "-c", "1", "8.8.8.8");
      assertThat(result.output()).isEqualTo("PING 8.8.8.8 (8.8.8.8): 56 data bytes\n");
      assertThat(result.errors()).isEqualTo("ping: sendto: Network is unreachable\n");
      assertThat(result.code()).isOne();
    }
  }

  @Test
  void wgetSavesUnderTheNameOfTheUrlAndTells() {
    Sandbox.Result result = withHttpd("wget", "http://web:8080/f");
    assertThat(sandbox.read("/work/f")).isEqualTo("hello\n");
    assertThat(result.errors())
        .contains("Connecting to web:8080 (172.18.0.2:8080)\nsaving to 'f'\n")
        .endsWith("'f' saved\n");
  }

  @Test
  void wgetDoesNotReplaceAFile() {
    sandbox.withFile("/work/f", "mine");
    Sandbox.Result result = withHttpd("wget", "http://127.0.0.1:8080/f");
    assertThat(result.errors()).endsWith("wget: can't open 'f': File exists\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void wgetTellsTheServersError() {
    Sandbox.Result result = withHttpd("wget", "-q", "http://127.0.0.1:8080/nosuch");
    assertThat(result.errors()).isEqualTo("wget: server returned error: HTTP/1.1 404 Not Found\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void wgetFollowsARedirect() {
    Sandbox.Result result = withHttpd("wget", "-q", "-O-", "http://127.0.0.1:8080/sub");
    assertThat(result.output()).isEqualTo("index");
  }

  @Test
  void wgetTellsThatNobodyListensAndThatNobodyKnowsAName() {
    assertThat(sandbox.run("wget", "-q", "http://127.0.0.1:1/").errors())
        .isEqualTo("wget: can't connect to remote host (127.0.0.1): Connection refused\n");
    assertThat(sandbox.run("wget", "ftp2://x").errors())
        .isEqualTo("wget: not an http or ftp url: ftp2://x\n");
  }

  @Test
  void aSpiderOnlyLooks() {
    Sandbox.Result result = withHttpd("wget", "--spider", "http://127.0.0.1:8080/f");
    assertThat(result.errors()).endsWith("remote file exists\n");
    assertThat(sandbox.files().exists("/work/f")).isFalse();
  }

  @Test
  void httpdServesNothingAboveItsFolder() {
    Sandbox.Result result = withHttpd("wget", "-q", "-O-", "http://127.0.0.1:8080/%2e%2e/bin/ls");
    assertThat(result.errors()).contains("400 Bad Request");
  }

  @Test
  void curlWritesTheCodeAndFailsWithItsOwn() {
    Sandbox.Result found =
        withHttpd(
            "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}\\n", "http://127.0.0.1:8080/f");
    assertThat(found.output()).isEqualTo("200\n");
    assertThat(withHttpd("curl", "-sf", "http://127.0.0.1:8080/nosuch").code()).isEqualTo(22);
    assertThat(sandbox.run("curl", "-s", "http://127.0.0.1:1/").code()).isEqualTo(7);
    assertThat(sandbox.run("curl", "-s", "http://no-such-host.invalid/").code()).isEqualTo(6);
  }

  @Test
  void curlFollowsRedirectsWhenTold() {
    assertThat(withHttpd("curl", "-sL", "http://127.0.0.1:8080/sub").output()).isEqualTo("index");
  }

  @Test
  void curlShowsTheHead() {
    assertThat(withHttpd("curl", "-sI", "http://127.0.0.1:8080/f").output())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Length: 6\r\n");
  }

  @Test
  void ncSendsItsInputAndPrintsTheAnswer() {
    sandbox.withInput("GET /f HTTP/1.0\r\n\r\n");
    Sandbox.Result result = withHttpd("nc", "127.0.0.1", "8080");
    assertThat(result.output()).startsWith("HTTP/1.1 200 OK").endsWith("hello\n");
  }

  @Test
  void ncListensAndRunsAProgram() {
    Sandbox.Result result =
        withServer(List.of("nc", "-l", "-p", "9000", "-e", "cat", "/www/f"), "nc", "web", "9000");
    assertThat(result.output()).isEqualTo("hello\n");
  }

  @RepeatedTest(20)
  void ncSendsItsInputToAClientThatHasNothingToSay() {
    Sandbox.Result result =
        withServer("/www/f", List.of("nc", "-l", "-p", "9000"), "nc", "web", "9000");
    assertThat(result.output()).isEqualTo("hello\n");
  }

  @Test
  void ncScansPorts() {
    assertThat(withHttpd("nc", "-z", "127.0.0.1", "8080").code()).isZero();
    assertThat(sandbox.run("nc", "-z", "127.0.0.1", "8080").code()).isEqualTo(1);
  }

  @Test
  void ncAnswersDatagramsWithAProgram() {
    sandbox.withInput("question\n");
    List<String> server = List.of("nc", "-u", "-l", "-k", "-p", "5300", "-e", "sed", "q");
    assertThat(withServer(server, "nc", "-u", "-q", "1", "web", "5300").output())
        .isEqualTo("question\n");
  }

  @Test
  void ncTellsThatNobodyHasAUdpPort() {
    sandbox.withInput("question");
    assertThat(sandbox.run("nc", "-u", "127.0.0.1", "1").errors()).contains("Connection refused");
    assertThat(sandbox.run("nc", "-z", "-u", "127.0.0.1", "1").code()).isEqualTo(1);
    assertThat(
            withServer(List.of("nc", "-u", "-l", "-p", "53"), "nc", "-uz", "127.0.0.1", "53")
                .code())
        .isZero();
  }

  @Test
  void udpPortsAreListed() {
    List<String> server = List.of("nc", "-u", "-l", "-p", "5300");
    assertThat(withServer(server, "netstat", "-lun").output())
        .contains("udp        0      0 0.0.0.0:5300            0.0.0.0:*");
  }

  @Test
  void whoeverNeverAnswersIsNotWaitedForForever() {
    List<String> silent = List.of("nc", "-l", "-p", "9000", "-e", "sleep", "30");
    assertThat(withServer(silent, "curl", "-s", "-m", "0.2", "http://web:9000/").code())
        .isEqualTo(28);
    assertThat(withServer(silent, "wget", "-q", "-T", "1", "http://web:9000/").errors())
        .isEqualTo("wget: download timed out\n");
  }

  @Test
  void addressesAreShown() {
    assertThat(sandbox.run("ip", "addr").output())
        .contains("inet 127.0.0.1/8 scope host lo\n")
        .contains("inet 172.18.0.2/16 brd 172.18.255.255 scope global eth0\n");
    assertThat(sandbox.run("ip", "route").output())
        .isEqualTo(
            "default via 172.18.0.1 dev eth0 \n"
                + "172.18.0.0/16 dev eth0 scope link  src 172.18.0.2 \n");
    assertThat(sandbox.run("ifconfig", "eth0").output())
        .contains("inet addr:172.18.0.2  Bcast:172.18.255.255  Mask:255.255.0.0");
    assertThat(sandbox.run("hostname", "-i").output()).isEqualTo("172.18.0.2\n");
  }

  @Test
  void addressesOfTheLinkAreShownBesideTheOther() {
    NetworkEndpoint endpoint =
        new NetworkEndpoint(
            "net", "net", "10.0.0.2", 8, "", "", List.of(), Map.of(), List.of("169.254.8.8"), 1500);
    try (ContainerNetwork two =
        new ContainerNetwork(new Switchboard(), List.of(endpoint), Map.of())) {
      Sandbox box = new Sandbox().with(two).asChild();
      NetworkUtilities.programs().forEach(box::with);
      assertThat(box.run("ip", "-o", "a").output().lines().skip(1))
          .containsExactly(
              "2: eth0    inet 10.0.0.2/8 brd 10.255.255.255 scope global eth0",
              "2: eth0    inet 169.254.8.8/16 brd 169.254.255.255 scope global eth0");
      assertThat(box.run("ip", "route").output())
          .isEqualTo(
              "10.0.0.0/8 dev eth0 scope link  src 10.0.0.2 \n"
                  + "169.254.0.0/16 dev eth0 scope link  src 169.254.8.8 \n");
      assertThat(box.run("route", "-n").output())
          .contains("10.0.0.0        0.0.0.0         255.0.0.0 ")
          .contains("169.254.0.0     0.0.0.0         255.255.0.0 ");
    }
  }

  @Test
  void whoMayAdministerTheNetworkTakesAnInterfaceDown() throws IOException {
    NetworkEndpoint endpoint =
        new NetworkEndpoint(
            "net", "net", "10.0.0.2", 8, "10.0.0.1", "", List.of(), Map.of(), List.of(), 9);
    try (ContainerNetwork network =
        new ContainerNetwork(new Switchboard(), List.of(endpoint), Map.of())) {
      Sandbox box = new Sandbox().with(network).asChild();
      NetworkUtilities.programs().forEach(box::with);
      assertThat(box.run("ip", "link", "set", "dev", "eth0", "down").code()).isZero();
      assertThat(box.run("ip", "link").output())
          .contains("eth0: <BROADCAST,MULTICAST> mtu 9 qdisc noqueue state DOWN");
      assertThat(box.run("ip", "route").output()).isEmpty();
      assertThat(box.run("ifconfig").output()).doesNotContain("eth0");
      assertThat(box.run("ifconfig", "-a").output()).contains("eth0", "BROADCAST MULTICAST  MTU");
      Paths files = new Paths(new Mounts(SystemTree.create(network), true), Credentials.ROOT);
      assertThat(read(files, "/class/net/eth0/operstate")).isEqualTo("down\n");
      assertThat(box.run("ifconfig", "eth0", "up").code()).isZero();
      assertThat(box.run("ip", "route").output()).startsWith("default via 10.0.0.1 dev eth0");
      assertThat(box.run("ip", "link", "set", "none", "up").errors())
          .isEqualTo("ip: SIOCGIFFLAGS: No such device\n");
    }
  }

  @Test
  void theLargestPacketIsAsTheNetworkHasIt() throws IOException {
    NetworkEndpoint endpoint =
        new NetworkEndpoint("net", "net", "10.0.0.2", 8, "", "", List.of(), Map.of(), List.of(), 9);
    try (ContainerNetwork small =
        new ContainerNetwork(new Switchboard(), List.of(endpoint), Map.of())) {
      Sandbox box = new Sandbox().with(small).asChild();
      NetworkUtilities.programs().forEach(box::with);
      assertThat(box.run("ip", "link").output())
          .contains("eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9 qdisc")
          .contains("lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc");
      assertThat(box.run("ifconfig", "eth0").output()).contains(" MTU:9 ");
      Paths files = new Paths(new Mounts(SystemTree.create(small), true), Credentials.ROOT);
      assertThat(read(files, "/class/net/eth0/mtu")).isEqualTo("9\n");
    }
  }

  @Test
  void interfacesAreFilesToo() throws IOException {
    Paths files = new Paths(new Mounts(SystemTree.create(network), true), Credentials.ROOT);
    assertThat(read(files, "/class/net/eth0/address")).isEqualTo("02:42:00:00:00:01\n");
    assertThat(read(files, "/class/net/eth0/statistics/rx_bytes")).isEqualTo("0\n");
    assertThat(read(files, "/class/net/lo/mtu")).isEqualTo("65536\n");
    assertThat(files.exists("/class/net/eth7")).isFalse();
    assertThat(files.locate("/class/net").node().entries())
        .extracting(DirectoryEntry::name)
        .contains("eth0", "lo");
  }

  private static String read(Paths files, String path) throws IOException {
    try (OpenFile file = files.open(path, OpenMode.READ)) {
      byte[] bytes = new byte[100];
      return new String(bytes, 0, file.read(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }
  }

  /** The lines are those of BusyBox. */
  @Test
  void routesAreShown() {
    assertThat(sandbox.run("route", "-n").output())
        .isEqualTo(
            """
            Kernel IP routing table
            Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
            0.0.0.0         172.18.0.1      0.0.0.0         UG    0      0        0 eth0
            172.18.0.0      0.0.0.0         255.255.0.0     U     0      0        0 eth0
            """);
    assertThat(sandbox.run("netstat", "-r").output())
        .isEqualTo(
            """
            Kernel IP routing table
            Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
            default         172.18.0.1      0.0.0.0         UG        0 0          0 eth0
            172.18.0.0      *               255.255.0.0     U         0 0          0 eth0
            """);
    assertThat(sandbox.run("route", "add", "default", "gw", "172.18.0.9").code()).isEqualTo(1);
  }

  @Test
  void listenersAreShown() {
    assertThat(withHttpd("netstat", "-ltn").output())
        .contains("tcp        0      0 0.0.0.0:8080            0.0.0.0:*               LISTEN");
  }

  @Test
  void namesAreLookedUp() {
    assertThat(sandbox.run("nslookup", "fixed").output()).contains("Address: 172.18.0.2");
  }

  @Test
  void aHostThatRefusesAnswersAPing() {
    Sandbox.Result result = sandbox.run("ping", "-c", "1", "fixed");
    assertThat(result.output()).contains("1 packets transmitted, 1 packets received");
    assertThat(result.code()).isZero();
  }
}
