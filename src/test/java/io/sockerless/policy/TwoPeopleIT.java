package io.sockerless.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Certificates;
import io.sockerless.support.Daemon;
import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two people who are known by their certificates, of one authority, at one server: what the one
 * runs does not exist for the other.
 */
@ParameterizedClass
@ValueSource(strings = {"memory", "docker"})
class TwoPeopleIT {

  private static final Certificates AUTHORITY = new Certificates();
  private static final String RULES =
      """
      rules:
        - who: ["*"]
          allow: [system.ping, system.pingHead, system.version]
        - name: developers
          who: ["group:developers"]
          allow: [containers.*, execs.*, images.*, networks.*, volumes.*, system.events, system.diskUsage]
      """;

  @SuppressWarnings("NullAway.Init")
  @Parameter
  private String backend;

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static SockerlessServer server;

  @SuppressWarnings("NullAway.Init")
  private static DockerCli alice;

  @SuppressWarnings("NullAway.Init")
  private static DockerCli bob;

  /** Alice's container, with a volume of hers, which all tests look at and none changes. */
  @SuppressWarnings("NullAway.Init")
  private static String name;

  @SuppressWarnings("NullAway.Init")
  private static String id;

  @BeforeParameterizedClassInvocation
  static void start(String backend) throws IOException {
    DockerDaemon.require();
    Path certificates = AUTHORITY.folder();
    Map<String, String> settings = new HashMap<>();
    settings.put("SOCKERLESS_BACKEND", backend);
    settings.put("SOCKERLESS_DATA", folder.resolve(backend).toString());
    settings.put("SOCKERLESS_REGISTRY_MIRRORS", "http://127.0.0.1:5000");
    settings.put("SOCKERLESS_TLS_CERTIFICATE", certificates.resolve("cert.pem").toString());
    settings.put("SOCKERLESS_TLS_KEY", certificates.resolve("key.pem").toString());
    settings.put("SOCKERLESS_TLS_CA", certificates.resolve("ca.pem").toString());
    settings.put(
        "SOCKERLESS_POLICY_FILE",
        Files.writeString(folder.resolve("policy.yaml"), RULES).toString());
    settings.put("SOCKERLESS_AUDIT_FILE", record(backend).toString());
    server = SockerlessServer.start(settings);
    alice = person("CN=alice,O=developers");
    bob = person("CN=bob,O=developers");
    name = Daemon.freshName();
    id =
        alice.ok(
            "run",
            "-d",
            "--name",
            name,
            "--network",
            "none",
            "-v",
            name + ":/data",
            "alpine",
            "sleep",
            "300");
  }

  private static DockerCli person(String subject) {
    return DockerCli.verifying(server.dockerHost(), AUTHORITY.folder(subject));
  }

  private static Path record(String backend) {
    return folder.resolve(backend + ".log");
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    alice.run("rm", "-f", name);
    alice.run("volume", "rm", name);
    server.close();
  }

  private static String events(DockerCli person) {
    Instant now = Instant.now();
    String until = String.format(Locale.ROOT, "%d.%09d", now.getEpochSecond(), now.getNano());
    return person.ok("events", "--since", "0.0", "--until", until);
  }

  private static void assertMissing(String... command) {
    assertThat(bob.run(command).err())
        .as(String.join(" ", command))
        .contains("No such container: " + id.substring(0, 12));
  }

  @Test
  void eachSeesOnesOwnAndNothingElse() {
    String bobs = bob.ok("create", "alpine", "true");

    assertThat(alice.ok("ps", "-a", "--no-trunc", "-q")).contains(id).doesNotContain(bobs);
    assertThat(bob.ok("ps", "-a", "--no-trunc", "-q")).contains(bobs).doesNotContain(id);
    assertThat(events(alice)).contains(id).doesNotContain(bobs);
    assertThat(events(bob)).contains(bobs).doesNotContain(id).doesNotContain(name);
    assertThat(alice.ok("system", "df", "-v")).contains(name);
    assertThat(bob.ok("system", "df", "-v")).contains(bobs.substring(0, 12)).doesNotContain(name);
    assertThat(bob.ok("volume", "ls", "-q")).doesNotContain(name);
    bob.ok("rm", bobs);
  }

  @Test
  void nobodyReachesAContainerByABeginningOfItsId() {
    String part = id.substring(0, 12);

    assertMissing("container", "inspect", part);
    assertMissing("exec", part, "cat", "/etc/passwd");
    assertMissing("cp", part + ":/etc/passwd", "-");
    assertMissing("export", part);
    assertMissing("logs", part);
    assertMissing("commit", part, Daemon.freshName());
    assertMissing("run", "--rm", "--volumes-from", part, "alpine", "true");
    assertMissing("run", "--rm", "--network", "container:" + part, "alpine", "true");
    assertMissing("rm", "-f", part);
    assertThat(alice.ok("exec", part, "echo", "here")).isEqualTo("here");
  }

  @Test
  void aNameIsNotTakenFromItsOwner() {
    String bobs = bob.ok("create", "alpine", "true");

    assertThat(bob.run("rename", bobs, name).err()).contains("is already in use");
    assertThat(alice.ok("inspect", "-f", "{{.Id}}", name)).isEqualTo(id);
    bob.ok("rm", bobs);
  }

  @Test
  void anImageOfOnesContainerIsNotForTheOtherToRun() {
    String image = Daemon.freshName();
    alice.ok("commit", name, image);

    assertThat(bob.run("run", "--rm", "--pull", "never", image, "true").err())
        .containsIgnoringCase("no such image: " + image);
    alice.ok("run", "--rm", "--pull", "never", "--network", "none", image, "true");
    alice.ok("rmi", image);
  }

  @Test
  void whoIsInNoGroupMayAskForTheVersionAlone() {
    DockerCli carol = person("CN=carol,O=guests");

    assertThat(carol.run("version").code()).isZero();
    assertThat(carol.run("ps").err())
        .contains("authorization denied by policy: no rule allows containers.list to carol");
  }

  @Test
  void theRecordNamesWhoTriedWhat() {
    bob.run("exec", name, "true");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(Files.readAllLines(record(backend)))
                .anySatisfy(line ->
                    assertThat(line)
                        .contains(
                            "\"identity\":\"bob\"",
                            "\"target\":\"" + name + "\"",
                            "\"decision\":\"deny\"",
                            "\"status\":404"))
                .anySatisfy(line ->
                    assertThat(line)
                        .contains(
                            "\"identity\":\"alice\"",
                            "\"groups\":[\"developers\"]",
                            "\"operation\":\"containers.create\"",
                            "\"status\":201")));
  }
}
