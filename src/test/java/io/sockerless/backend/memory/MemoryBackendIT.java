package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.RawClient;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The docker CLI against the memory backend: no daemon runs what it runs. */
@Timeout(90)
class MemoryBackendIT {

  private static DockerCli docker;

  @TempDir private Path folder;

  private final List<String> names = new ArrayList<>();

  @BeforeAll
  static void start() {
    DockerDaemon.require();
    docker = new DockerCli(SockerlessServer.memory().dockerHost());
  }

  @AfterEach
  void remove() {
    names.forEach(name -> docker.run("rm", "-f", "-v", name));
  }

  private String name() {
    String name = Daemon.freshName();
    names.add(name);
    return name;
  }

  private String detached(String... command) {
    String name = name();
    List<String> all = new ArrayList<>(List.of("run", "-d", "--name", name, "alpine"));
    all.addAll(List.of(command));
    docker.ok(all.toArray(String[]::new));
    return name;
  }

  @Test
  void aPipelineRunsInAnImageFromARegistry() {
    assertThat(docker.ok("run", "--rm", "alpine", "sh", "-c", "echo hi | wc -c")).isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1.51/containers/json",
        "/_ping",
        "/containers/nowhere/json",
        "/v9.99/info",
        "/v1.51/swarm"
      })
  void everyAnswerSaysWhichServerGaveIt(String path) {
    HttpHeaders headers = SockerlessServer.memory().send("GET", path, "").headers();
    assertThat(headers.allValues("Api-Version")).containsExactly("1.51");
    assertThat(headers.allValues("Docker-Experimental")).containsExactly("false");
    assertThat(headers.allValues("Ostype")).containsExactly("linux");
    assertThat(headers.allValues("Server"))
        .singleElement()
        .asString()
        .matches("Sockerless/\\S+ \\(linux\\)");
  }

  /** An archive ends before its padding does, which must not cost a client its connection. */
  @Test
  void theConnectionOfAnUploadGoesOn() throws IOException {
    String name = name();
    docker.ok("create", "--name", name, "alpine", "true");
    try (RawClient client =
        RawClient.connect(UnixDomainSocketAddress.of(SockerlessServer.memory().socket()))) {
      client.send(
          "PUT /containers/%s/archive?path=/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              .formatted(name));
      client.send("2800\r\n").send(new byte[0x2800]).send("\r\n0\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(200);
      client.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @Test
  void whatIsNothingIsInspectedAsNothing() {
    assertThat(docker.run("inspect", "no-such").err().strip())
        .isEqualTo("Error: No such object: no-such");
  }

  @Test
  void theExitCodeIsTheCommands() {
    assertThat(docker.run("run", "--rm", "alpine", "sh", "-c", "exit 42").code()).isEqualTo(42);
  }

  @Test
  void standardErrorComesApart() {
    DockerCli.Ended ended =
        docker.run("run", "--rm", "alpine", "sh", "-c", "echo out; echo err >&2");
    assertThat(ended.out()).isEqualTo("out\n");
    assertThat(ended.err()).isEqualTo("err\n");
  }

  @Test
  void fiveMegabytesGoThroughAContainerUnchanged() {
    byte[] bytes = new byte[5_000_000];
    new Random(3).nextBytes(bytes);
    DockerCli.Ended ended = docker.run(bytes, "run", "-i", "--rm", "alpine", "cat");
    assertThat(ended.out().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(bytes);
  }

  @Test
  void aCommandThatIsNotThereIs127AndOneThatCannotRunHereIs126() {
    assertThat(docker.run("run", "--rm", "alpine", "nowhere"))
        .satisfies(ended -> {
          assertThat(ended.code()).isEqualTo(127);
          assertThat(ended.err()).contains("executable file not found in $PATH");
        });
    String name = detached("sleep", "1000");
    docker.ok("exec", name, "cp", "/bin/busybox", "/usr/bin/daemon");
    DockerCli.Ended ended = docker.run("exec", name, "daemon");
    assertThat(ended.code()).isEqualTo(126);
    assertThat(ended.out() + ended.err())
        .contains("is a Linux binary; the memory backend runs WASM and shell scripts");
  }

  @Test
  void theEnvironmentIsWhatIsLeftOfIt() {
    String given =
        docker.ok("run", "--rm", "-h", "inside", "-e", "HOME=", "-e", "HOSTNAME", "alpine", "env");
    assertThat(given.lines()).contains("HOME=/root").doesNotContain("HOSTNAME=inside");
  }

  @Test
  void filesGoIntoAndOutOfAWorkingDirectoryBeforeTheStart() throws IOException {
    String name = name();
    docker.ok("create", "--name", name, "-w", "/srv/deep/app", "alpine", "cat", "in");
    docker.ok("cp", name + ":/srv/deep/app", folder.toString());
    Path file = Files.writeString(folder.resolve("app").resolve("in"), "given");
    docker.ok("cp", file.toString(), name + ":/srv/deep/app");
    assertThat(docker.ok("start", "-a", name)).isEqualTo("given");
  }

  @Test
  void mountsTellWhatTheyAreFrom() {
    assertThat(docker.ok("run", "--rm", "alpine", "mount").lines())
        .anyMatch(line -> line.startsWith("shm on /dev/shm type tmpfs (rw,"));
  }

  @Test
  void aContainerThatJoinsAnotherOneSeesItsProcesses() {
    String owner = detached("sleep", "1000");
    String guest = name();
    docker.ok("run", "-d", "--name", guest, "--pid", "container:" + owner, "alpine", "sleep", "77");
    assertThat(docker.ok("exec", owner, "pidof", "sleep")).isEqualTo("2 1");
    assertThat(docker.ok("exec", guest, "cat", "/proc/1/cmdline")).isEqualTo("sleep\0001000\000");
    assertThat(docker.run("exec", guest, "ls", "/proc/1/root/").err())
        .contains("Permission denied");
    assertThat(docker.ok("top", guest)).contains("sleep 77").doesNotContain("sleep 1000");
    docker.ok("kill", owner);
    assertThat(docker.ok("wait", guest)).isEqualTo("137");
  }

  @Test
  void aContainerThatJoinsAnotherOnesMemorySeesItsFilesThere() {
    String owner = name();
    docker.ok("run", "-d", "--name", owner, "--ipc", "shareable", "alpine", "sleep", "1000");
    docker.ok("run", "--rm", "--ipc", "container:" + owner, "alpine", "touch", "/dev/shm/left");
    assertThat(docker.ok("exec", owner, "ls", "/dev/shm")).isEqualTo("left");
  }

  @Test
  void aCommandIsAFileToAScriptForBash() {
    String script =
        "n=0; while read -r line; do n=$((n + line)); done < <(printf '1\\n2\\n'); echo $n;"
            + " cat <(echo a) <(echo b); echo c > >(tr c d); exec 3< <(echo e); cat <&3";
    assertThat(docker.ok("exec", withBash(), "bash", "-c", script).lines())
        .contains("3", "a", "b", "e");
  }

  @Test
  void aScriptForBashConnectsByAPath() {
    String script =
        "echo hello | nc -l -p 99 & until (exec 5<> /dev/tcp/127.0.0.1/99) 2> /dev/null; do"
            + " sleep 0.1; done; echo up";
    assertThat(docker.ok("exec", withBash(), "bash", "-c", script)).isEqualTo("up");
  }

  @Test
  void aScriptForBashSendsDatagramsByAPath() {
    String script =
        "nc -u -l -p 98 > /tmp/got & until [ -s /tmp/got ]; do"
            + " echo metric > /dev/udp/localhost/98; sleep 0.1; done 2> /dev/null;"
            + " head -n 1 /tmp/got";
    assertThat(docker.ok("exec", withBash(), "bash", "-c", script)).isEqualTo("metric");
  }

  @RepeatedTest(5)
  void whatListensInTheBackgroundEndsWithoutAWord() {
    String script =
        "nc -l -p 99 & nc -u -l -p 98 & while [ $(netstat -tuln | grep -c :9) -lt 2 ];"
            + " do sleep 0.1; done; echo up";
    DockerCli.Ended ended = docker.run("run", "--rm", "alpine", "sh", "-c", script);
    assertThat(ended.out()).isEqualTo("up\n");
    assertThat(ended.err()).isEmpty();
  }

  /** A container whose image has a program of that name, as those of Debian do. */
  private String withBash() {
    String name = detached("sleep", "1000");
    docker.ok("exec", name, "ln", "-s", "/bin/busybox", "/bin/bash");
    return name;
  }

  @Test
  void aModuleOnThePathIsACommandInAPipeline() {
    String name = detached("sleep", "1000");
    docker.ok("cp", "src/test/resources/wasm/probe.wasm", name + ":/usr/bin/probe");
    docker.ok("exec", name, "chmod", "755", "/usr/bin/probe");
    assertThat(docker.ok("exec", name, "sh", "-c", "printf abc | probe sha256 | cut -c1-8"))
        .isEqualTo("ba7816bf");
  }

  @Test
  void anImageServesForItsOwnPlatformAlone() {
    DockerCli.Ended ended = docker.run("run", "--rm", "--platform", "linux/foo", "alpine", "true");
    assertThat(ended.code()).isEqualTo(125);
    assertThat(ended.err()).contains("does not match the specified platform (linux/foo)");
    assertThat(docker.run("pull", "--platform", "foo", "alpine").err().strip())
        .isEqualTo(
            "Error response from daemon: \"foo\": unknown operating system or architecture: invalid"
                + " argument");
  }

  @Test
  void theOptionsOfPsChooseColumnsAndWrongOnesFail() {
    String name = detached("sleep", "1000");
    assertThat(docker.ok("top", name, "axo", "pid,args").lines().map(it -> it.split(" +", 2)))
        .containsExactly(new String[] {"PID", "COMMAND"}, new String[] {"1", "sleep 1000"});
    assertThat(docker.run("top", name, "wrong-option").err().strip())
        .isEqualTo(
            "Error response from daemon: ps: error: unknown user-defined format specifier"
                + " \"ng-option\"");
  }

  @Test
  void aContainerReadsItsLimitsInItsControlGroup() {
    String name = name();
    docker.ok(
        "run", "-d", "--name", name, "--memory", "64m", "--cpus", "0.5", "alpine", "sleep", "1000");
    String show = "cd /sys/fs/cgroup && cat memory.max cpu.max pids.max && cat /proc/self/cgroup";
    assertThat(docker.ok("exec", name, "sh", "-c", show))
        .isEqualTo("67108864\n50000 100000\nmax\n0::/");
    docker.ok("update", "--memory", "32m", "--memory-swap", "32m", "--pids-limit", "20", name);
    assertThat(docker.ok("exec", name, "sh", "-c", show))
        .isEqualTo("33554432\n50000 100000\n20\n0::/");
  }

  @Test
  void rootCanDoWhatTheContainersCapabilitiesSay() {
    String name = name();
    docker.ok("run", "-d", "--name", name, "--cap-drop", "ALL", "alpine", "sleep", "1000");
    String change = "touch /f; chown 7 /f; kill -0 1; grep CapEff /proc/self/status";
    DockerCli.Ended ended = docker.run("exec", name, "sh", "-c", change);
    assertThat(ended.out().strip()).isEqualTo("CapEff:\t0000000000000000");
    assertThat(ended.err().strip()).isEqualTo("chown: /f: Operation not permitted");
    assertThat(docker.run("exec", "--user", "7", name, "sh", "-c", change).err())
        .contains("can't kill pid 1: Operation not permitted");
    assertThat(docker.ok("exec", "--privileged", name, "sh", "-c", change))
        .isEqualTo("CapEff:\t000001ffffffffff");
  }

  @Test
  void whatAContainerWritesIsItsOwn() {
    String one = detached("sh", "-c", "echo one >/etc/issue; sleep 1000");
    String two = detached("sleep", "1000");
    await().until(() -> docker.ok("exec", one, "cat", "/etc/issue").equals("one"));
    assertThat(docker.ok("exec", two, "cat", "/etc/issue")).isNotEqualTo("one");
    assertThat(docker.ok("diff", one)).contains("C /etc/issue");
  }

  @Test
  void filesAreCopiedInBeforeTheStartAndOutAfterTheEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("in"), "content");
    String name = name();
    docker.ok("create", "--name", name, "alpine", "sh", "-c", "cp /in /out; echo more >>/out");
    docker.ok("cp", file.toString(), name + ":/in");
    docker.ok("start", "-a", name);
    docker.ok("cp", name + ":/out", folder.resolve("out").toString());
    assertThat(folder.resolve("out")).hasContent("contentmore");
  }

  @Test
  void aBoundFolderIsTheHostsAndAVolumeOutlivesItsContainer() throws IOException {
    Files.writeString(folder.resolve("a"), "from the host");
    String mount = folder + ":/mnt";
    assertThat(docker.ok("run", "--rm", "-v", mount, "alpine", "cat", "/mnt/a"))
        .isEqualTo("from the host");
    docker.ok("run", "--rm", "-v", mount, "alpine", "sh", "-c", "echo x >/mnt/b");
    assertThat(folder.resolve("b")).hasContent("x\n");
    String volume = Daemon.freshName();
    docker.ok("run", "--rm", "-v", volume + ":/v", "alpine", "sh", "-c", "echo kept >/v/f");
    assertThat(docker.ok("run", "--rm", "-v", volume + ":/v", "alpine", "cat", "/v/f"))
        .isEqualTo("kept");
    docker.ok("volume", "rm", volume);
  }

  @Test
  void aRenamedContainerIsFoundByItsNewNameAndNotByItsOldOne() {
    String network = Daemon.freshName();
    docker.ok("network", "create", network);
    try {
      String old = name();
      String renamed = name();
      docker.ok(
          "run",
          "-d",
          "--name",
          old,
          "--network",
          network,
          "--network-alias",
          "alias",
          "alpine",
          "sleep",
          "60");
      String asking = name();
      docker.ok("run", "-d", "--name", asking, "--network", network, "alpine", "sleep", "60");
      String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
      String address = docker.ok("inspect", "-f", format, old);
      assertThat(docker.ok("exec", asking, "nslookup", old)).contains(address);

      docker.ok("rename", old, renamed);

      assertThat(docker.ok("inspect", "-f", format, renamed)).isEqualTo(address);
      assertThat(docker.ok("exec", asking, "nslookup", renamed)).contains(address);
      assertThat(docker.ok("exec", asking, "nslookup", "alias")).contains(address);
      assertThat(docker.run("exec", asking, "nslookup", old).out()).doesNotContain(address);
      docker.ok("rm", "-f", renamed, asking);
    } finally {
      docker.run("network", "rm", network);
    }
  }

  @Test
  void containersOfANetworkReachEachOtherByNameAndThePublishedPortIsOpen() throws Exception {
    String network = Daemon.freshName();
    docker.ok("network", "create", network);
    try {
      String web = name();
      docker.ok(
          "run",
          "-d",
          "--name",
          web,
          "--network",
          network,
          "-p",
          "127.0.0.1::8080",
          "alpine",
          "sh",
          "-c",
          "mkdir /www; echo served >/www/index.html; httpd -f -p 8080 -h /www");
      await()
          .until(() ->
              docker
                  .run(
                      "run",
                      "--rm",
                      "--network",
                      network,
                      "alpine",
                      "wget",
                      "-q",
                      "-O",
                      "-",
                      "http://" + web + ":8080/")
                  .out()
                  .equals("served\n"));
      String address = docker.ok("port", web, "8080");
      try (var client = HttpClient.newHttpClient()) {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + "/")).build();
        var body = HttpResponse.BodyHandlers.ofString();
        assertThat(client.send(request, body).body()).isEqualTo("served\n");
      }
      docker.ok("rm", "-f", web);
    } finally {
      docker.ok("network", "rm", network);
    }
  }

  @Test
  void whoSharesAContainersNetworkHasItsHostNameAndItsPorts() {
    String web = detached("sh", "-c", "nc -l -p 7000 -e echo served & hostname >/name; wait");
    String mode = "container:" + web;
    String hostname = docker.ok("inspect", "-f", "{{.Config.Hostname}}", web);

    String heard =
        docker.ok(
            "run",
            "--rm",
            "--network",
            mode,
            "alpine",
            "sh",
            "-c",
            "until nc 127.0.0.1 7000; do :; done; hostname; echo $HOSTNAME; hostname -f");

    assertThat(heard.lines()).containsExactly("served", hostname, hostname, hostname);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--init                                    | ps -o pid,args | 1 /sbin/docker-init -- sh -c",
        "--hostname h --domainname d.e             | hostname; hostname -f; hostname -d | h h.d.e d.e",
        "--domainname d.e                          | cat /proc/sys/kernel/domainname | d.e",
        "--dns 9.9.9.9 --dns-search x.y            | cat /etc/resolv.conf | nameserver 9.9.9.9 search x.y",
        "--shm-size 2m                             | df -k /dev/shm | 2048",
        "--tmpfs /t:size=1m                        | grep /t /proc/mounts | rw,nosuid,nodev,noexec,relatime,size=1024k",
        "--tmpfs /t                                | set -- $(df /t); test $9 -gt 65536 && echo room | room",
        "--mount type=volume,dst=/t,volume-opt=type=tmpfs,volume-opt=device=tmpfs,\"volume-opt=o=size=1m,uid=7,mode=0700\" | grep /t /proc/mounts; stat -c %u /t | tmpfs rw,relatime,size=1024k,mode=700,uid=7 0 0 7",
        "--read-only                               | mount | devpts on /dev/pts type devpts (rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666)",
        "--read-only                               | mount | mqueue on /dev/mqueue type mqueue (rw,nosuid,nodev,noexec,relatime)",
        "--sysctl net.core.somaxconn=99            | sysctl net.core.somaxconn | = 99",
        "--ulimit nofile=100:200                   | ulimit -n; ulimit -Hn | 100 200",
        "--group-add 44                            | id -G | 0 44",
        "--user 1000                               | echo hi > /dev/stdout; cat /dev/stdin && echo ho | hi ho",
        "--device /dev/null:/a/b                   | stat -c %t,%T /a/b | 1,3",
        "--cap-add NET_ADMIN                       | ip link set dev eth0 down && cat /sys/class/net/eth0/operstate | down",
        "--hostname h                              | ip link set dev eth0 down 2>&1; true | ip: SIOCSIFFLAGS: Operation not permitted",
        "--ipc none                                | ls -d /dev/shm 2>&1; true | No such file",
        "--ipc private                             | grep /dev/shm /proc/mounts | shm /dev/shm tmpfs",
      })
  void whatACreateAsksForIsSeenInside(String options, String script, String seen) {
    List<String> command = new ArrayList<>(List.of("run", "--rm"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("alpine", "sh", "-c", script));

    assertThat(docker.ok(command.toArray(String[]::new)).replaceAll("\\s+", " ")).contains(seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--device /dev/nosuch | error gathering device information while adding custom device"
            + " \"/dev/nosuch\": no such file or directory",
        "--gpus all | could not select device driver \"\" with capabilities: [[gpu]]",
        "--user nosuch        | unable to find user nosuch: no matching entries in passwd file",
        "--network nosuch     | failed to set up container networking: network nosuch not found",
        "--network container:nosuch | joining network namespace of container: No such container:"
            + " nosuch",
        "--workdir /etc/passwd | Cannot mkdir: /etc/passwd is not a directory",
      })
  void whatCannotBeIsRefusedInDockersWords(String options, String message) {
    List<String> command = new ArrayList<>(List.of("run", "--rm"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("alpine", "true"));

    assertThat(docker.run(command.toArray(String[]::new)).err())
        .contains("Error response from daemon: " + message + "\n");
  }

  @Test
  void aCopyFromARunningContainerIsWhatItsProcessesSee(@TempDir Path folder) throws IOException {
    String name = detached("sleep", "600");
    docker.ok("exec", name, "sh", "-c", "echo 192.0.2.7 elsewhere >> /etc/hosts");
    for (String file : List.of("hosts", "hostname", "resolv.conf")) {
      docker.ok("cp", name + ":/etc/" + file, folder.toString());
      assertThat(folder.resolve(file)).hasContent(docker.ok("exec", name, "cat", "/etc/" + file));
    }
    assertThat(folder.resolve("hosts")).content().endsWith("192.0.2.7 elsewhere\n");
  }

  @Test
  void aCommandDoesNotMakeTheFolderThatItIsToRunIn() {
    String name = detached("sleep", "600");

    assertThat(docker.run("exec", "-w", "/nosuch", name, "true").code()).isEqualTo(127);
    assertThat(docker.run("exec", name, "ls", "-d", "/nosuch").code()).isEqualTo(1);
  }

  @Test
  void anEndlessLoopIsKilledAndSaysSo() {
    String name = detached("sh", "-c", "while :; do :; done");
    long start = System.nanoTime();
    docker.ok("kill", name);
    assertThat(docker.ok("wait", name)).isEqualTo("137");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void moreMemoryThanAContainerMayUseEndsItAsOutOfMemory() {
    String name = name();
    DockerCli.Ended ended =
        docker.run(
            "run",
            "--name",
            name,
            "-m",
            "20m",
            "alpine",
            "sh",
            "-c",
            "x=0123456789; while :; do x=$x$x; done");
    assertThat(ended.code()).isEqualTo(137);
    assertThat(docker.ok("inspect", "-f", "{{.State.OOMKilled}}", name)).isEqualTo("true");
  }

  @Test
  void psTopAndStatsTellWhatRuns() {
    String name = detached("sh", "-c", "sleep 1000; true");
    await().until(() -> docker.ok("exec", name, "ps").contains("sleep 1000"));
    assertThat(docker.ok("top", name)).contains("sleep 1000");
    assertThat(docker.ok("stats", "--no-stream", "--format", "{{.PIDs}}", name)).isEqualTo("2");
  }

  @Test
  void aContainerOnATerminalIsToldItsSizeAndEndsItsLinesForOne() {
    DockerCli.Ended ended = docker.run("run", "--rm", "-t", "alpine", "sh", "-c", "tty; echo x");
    assertThat(ended.out()).isEqualTo("/dev/pts/0\r\nx\r\n");
  }

  @Test
  void aHealthyContainerSaysSo() {
    String name = name();
    docker.ok(
        "run",
        "-d",
        "--name",
        name,
        "--health-cmd",
        "test -e /ok",
        "--health-interval",
        "1s",
        "alpine",
        "sh",
        "-c",
        "touch /ok; sleep 1000");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> docker.ok("inspect", "-f", "{{.State.Health.Status}}", name).equals("healthy"));
  }

  @Test
  void aContainerIsCommittedSavedAndLoaded() {
    String name = detached("sh", "-c", "echo made >/made; sleep 1000");
    await().until(() -> docker.run("exec", name, "cat", "/made").out().equals("made\n"));
    String image = Daemon.freshName() + ":1";
    docker.ok("commit", name, image);
    Path file = folder.resolve("image.tar");
    docker.ok("save", "-o", file.toString(), image);
    docker.ok("rmi", image);
    assertThat(docker.ok("load", "-i", file.toString())).contains("Loaded image: " + image);
    assertThat(docker.ok("run", "--rm", image, "cat", "/made")).isEqualTo("made");
    docker.ok("rmi", image);
  }

  @Test
  void whatItHasNotIs501WithTheReason() {
    assertThat(docker.run("swarm", "init").err()).containsIgnoringCase("swarm");
    assertThat(SockerlessServer.memory().send("POST", "/swarm/init", "{}").statusCode())
        .isEqualTo(501);
  }

  @Test
  void itSaysWhichBackendItIs() {
    assertThat(docker.ok("version")).contains("Sockerless").contains("memory");
    assertThat(docker.ok("info", "-f", "{{.Driver}}")).isNotEmpty();
  }
}
