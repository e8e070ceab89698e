package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.BOB;
import static io.sockerless.policy.GuardedMemory.body;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.create;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.refusal;
import static io.sockerless.policy.GuardedMemory.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Body;
import io.sockerless.engine.Engine;
import io.sockerless.policy.request.ImageName;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights that are brought in by what a request says beside the point. */
class SmuggledRightsTest extends TeamFixture {

  private static final String NOT_COVERED = FORBIDDEN + "rule 2 (developers) does not cover this: ";

  /** Makes an image of a container of somebody's. */
  private static void commit(String repository, String tag, String... more) {
    List<String> parameters = new ArrayList<>(List.of("repo", repository, "tag", tag));
    parameters.addAll(List.of("container", create(engine, BOB, fresh(), "")));
    parameters.addAll(List.of(more));
    engine.containers().commit(call(BOB, parameters.toArray(String[]::new))).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Privileged':true",
        "'privileged':true,'HostConfig':null",
        "'Binds':['/etc:/e']",
        "'CapAdd':['ALL'],'HostConfig':{}",
        "'PidMode':'host'",
        "'Devices':[{'PathOnHost':'/dev/sda'}]",
        "'SecurityOpt':['seccomp=unconfined']"
      })
  void whatOldClientsWriteBesideTheHostConfigIsReadAsOneOfItsFields(String fields) {
    assertThat(creating(engine, "{'Image':'base'," + fields + "}")).startsWith(NOT_COVERED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'LogConfig':{'Type':'syslog','Config':{'syslog-address':'tcp://10.0.0.1:1'}} | security log-driver=syslog
          'Annotations':{'run.oci.handler':'x'}                                       | security annotation=run.oci.handler
          'OomScoreAdj':-500                                                          | security oom-score-adj=-500
          'OomKillDisable':true                                                       | security oom-kill-disable
          'ReadonlyPaths':[]                                                          | security readonly-paths
          'Cgroup':'container:x'                                                      | security cgroup=container:x
          'VolumeDriver':'other'                                                      | security volume-driver=other
          'Mounts':[{'Type':'npipe','Source':'x','Target':'/e'}]                      | binds x
          'Mounts':[{'Type':'volume','Source':'v','Target':'/e','VolumeOptions':{'DriverConfig':{'Name':'other'}}}] | security volume-driver=other
          """)
  void whatReachesBeyondAContainerIsAPower(String fields, String power) {
    assertThat(creating(engine, "{'Image':'base','HostConfig':{" + fields + "}}"))
        .isEqualTo(NOT_COVERED + power + " is not permitted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'type':'overlay','device':'tmpfs','o':'lowerdir=/etc:/usr'      | security volume-device=tmpfs
          'type':'overlay','device':'','o':'lowerdir=/etc:/usr'           | security volume-type=overlay
          'type':'overlay','device':'/srv/shared','o':'lowerdir=/etc:/a'  | security volume-type=overlay
          'type':'tmpfs','device':'tmpfs','o':'size=1m,bind'              | security volume-device=tmpfs
          'type':'tmpfs','device':'/etc','o':'bind'                       | binds /etc
          'type':'nfs','device':':/export','o':'addr=10.0.0.1'            | security volume-device=:/export
          'type':'ext4','device':'/srv/shared/disk'                       | security volume-type=ext4
          """)
  void aVolumeThatTheHostMountsIsWhatItMounts(String options, String power) {
    String volume = "{'Name':'" + fresh() + "','DriverOpts':{" + options + "}}";
    String mount =
        "{'Image':'base','HostConfig':{'Mounts':[{'Type':'volume','Source':'v','Target':'/e',"
            + "'VolumeOptions':{'DriverConfig':{'Options':{"
            + options
            + "}}}}]}}";

    assertThat(refusal(() -> engine.volumes().create(call(ALICE).with(body(volume)))))
        .startsWith(NOT_COVERED + power + " is not permitted");
    assertThat(creating(engine, mount)).startsWith(NOT_COVERED + power + " is not permitted");
  }

  @Test
  void aVolumeInMemoryIsForEverybody() {
    assertThat(
            refusal(() ->
                engine
                    .volumes()
                    .create(
                        call(ALICE)
                            .with(
                                body(
                                    "{'DriverOpts':{'type':'tmpfs','device':'tmpfs','o':'size=1m,mode=1777,nosuid'}}")))
                    .close()))
        .doesNotStartWith("403");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Options':{'com.docker.network.bridge.name':'virbr0'}  | network-option=com.docker.network.bridge.name
          'Driver':'macvlan','Options':{'parent':'eth0'}         | network-driver=macvlan
          'IPAM':{'Driver':'other'}                              | ipam-driver=other
          """)
  void aNetworkIsNoWayToTheHostsInterfaces(String fields, String power) {
    String document = "{'Name':'" + fresh() + "'," + fields + "}";

    assertThat(refusal(() -> engine.networks().create(call(ALICE).with(body(document)))))
        .isEqualTo(NOT_COVERED + "security " + power + " is not permitted");
  }

  @Test
  void anothersNetworkIsNotNamedByItsIdWithinAnEndpoint() {
    String id = network(BOB, fresh());
    String own = fresh();
    network(ALICE, own);
    String endpoint = "{'NetworkID':'" + id + "'}";
    String container = create(engine, ALICE, fresh(), "");

    assertThat(
            creating(
                engine,
                "{'Image':'base','HostConfig':{'NetworkMode':'"
                    + own
                    + "'},'NetworkingConfig':{'EndpointsConfig':{'"
                    + own
                    + "':"
                    + endpoint
                    + "}}}"))
        .isEqualTo("404 network " + id + " not found");
    assertThat(
            refusal(() ->
                engine
                    .networks()
                    .connect(
                        own,
                        call(ALICE)
                            .with(
                                body(
                                    "{'Container':'"
                                        + container
                                        + "','EndpointConfig':"
                                        + endpoint
                                        + "}")))))
        .isEqualTo("404 network " + id + " not found");
    assertThat(
            refusal(() ->
                engine
                    .networks()
                    .create(
                        call(ALICE)
                            .with(
                                body(
                                    "{'Name':'"
                                        + fresh()
                                        + "','ConfigFrom':{'Network':'"
                                        + id
                                        + "'}}")))))
        .isEqualTo("404 network " + id + " not found");
  }

  @Test
  void aContainerDoesNotJoinTheNetworkThatSomebodyElseHasUnderTheNameByNow() {
    String name = fresh();
    network(ALICE, name);
    String id = create(engine, ALICE, fresh(), ",'HostConfig':{'NetworkMode':'" + name + "'}");
    engine.networks().remove(name, call(ALICE)).close();
    network(BOB, name);

    assertThat(refusal(() -> engine.containers().start(id, call(ALICE)).close()))
        .isEqualTo("404 network " + name + " not found");
    assertThat(refusal(() -> engine.containers().restart(id, call(ALICE)).close()))
        .isEqualTo("404 network " + name + " not found");
  }

  @Test
  void aContainerThatAnAdministratorConnectedStartsAgain() {
    String name = fresh();
    network(BOB, name);
    String id = run(engine, ALICE, fresh());
    engine
        .networks()
        .connect(name, call(GuardedMemory.ADMIN).with(body("{'Container':'" + id + "'}")))
        .close();

    assertThat(refusal(() -> engine.containers().restart(id, call(ALICE, "t", "0")).close()))
        .isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=x",
        "Multipart/Form-Data; boundary=x",
        "application/x-www-form-urlencoded"
      })
  void aFormBehindABuildsContextIsNoQuery(String type) {
    assertThat(
            refusal(() ->
                engine
                    .images()
                    .build(
                        call(ALICE)
                            .withHeader("Content-Type", type)
                            .with(GuardedMemory.context("FROM base")))))
        .startsWith("400");
  }

  @Test
  void aCheckpointIsNotKeptInAnyFolderOfTheHost() {
    String id = create(engine, ALICE, fresh(), "");

    assertThat(refusal(() -> engine.containers().start(id, call(ALICE, "checkpoint-dir", "/etc"))))
        .isEqualTo(NOT_COVERED + "binds /etc is not permitted");
    assertThat(
            refusal(() ->
                engine
                    .containers()
                    .createCheckpoint(
                        id, call(ALICE).with(body("{'CheckpointID':'c','checkpointdir':'/etc'}")))))
        .isEqualTo(NOT_COVERED + "binds /etc is not permitted");
    assertThat(refusal(() -> engine.containers().listCheckpoints(id, call(ALICE, "dir", "/etc"))))
        .isEqualTo(NOT_COVERED + "binds /etc is not permitted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'CpuQuota':100000",
        "'CpuPeriod':1000",
        "'CpuQuota':-1",
        "'CpuPeriod':1000,'CpuQuota':0"
      })
  void halfOfALimitOfProcessorsIsNone(String fields) {
    Engine limited =
        memory.guarded(
            "rules: [{who: alice, allow: containers.*, when: {limits: {cpus: 1}}},"
                + " {who: alice, allow: [images.*]}]");
    String id =
        create(limited, ALICE, fresh(), ",'HostConfig':{'CpuPeriod':100000,'CpuQuota':100000}");

    assertThat(
            refusal(
                () -> limited.containers().update(id, call(ALICE).with(body("{" + fields + "}")))))
        .startsWith(FORBIDDEN)
        .contains("a limit of cpus is");
  }

  @Test
  void aBuildsProcessorsAreItsQuotaOfItsPeriod() {
    Engine limited =
        memory.guarded("rules: [{who: alice, allow: images.*, when: {limits: {cpus: 1}}}]");

    assertThat(building(limited, "FROM base", "cpuquota", "100000", "cpuperiod", "100000"))
        .isEqualTo("200");
    assertThat(building(limited, "FROM base", "cpuquota", "100000", "cpuperiod", "1000"))
        .contains("a limit of cpus is lower");
  }

  @Test
  void aFewDigitsMayBeAnImagesId() {
    assertThat(ImageName.mayBeId("3f")).isTrue();
    assertThat(ImageName.mayBeId("sha256:3")).isTrue();
  }

  @Test
  void aRegistryMayBeAHostWhoseNameIsInCapitals() {
    Engine hub =
        memory.guarded("rules: [{who: alice, allow: images.*, when: {registries: [docker.io]}}]");

    assertThat(refusal(() -> hub.images().create(call(ALICE, "fromImage", "EVIL/x", "tag", "1"))))
        .isEqualTo(FORBIDDEN + "rule 1 does not cover this: registry EVIL is not permitted");
  }

  @Test
  void aRepositorysOtherTagsAreNotTakenAlong() {
    String repository = "127.0.0.1:1/" + fresh();
    memory.importImage(repository);
    commit(repository, "secret");

    assertThat(refusal(() -> engine.images().saveAll(call(ALICE, "names", repository))))
        .isEqualTo("404 No such image: " + repository);
    assertThat(refusal(() -> engine.images().save(repository, call(ALICE))))
        .isEqualTo("404 No such image: " + repository);
    assertThat(refusal(() -> engine.images().push(repository, call(ALICE))))
        .isEqualTo("404 No such image: " + repository);
    assertThat(refusal(() -> engine.images().create(call(ALICE, "fromImage", repository))))
        .isEqualTo(NOT_COVERED + "it belongs to somebody else");
    assertThat(
            refusal(() ->
                engine.images().saveAll(call(ALICE, "names", repository + ":latest")).close()))
        .isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource({
    "containers.attach, containers.attachWebSocket",
    "images.save, images.saveAll",
    "execs.start, execs.startAttached",
    "system.ping, system.pingHead"
  })
  void whoIsDeniedARightHasItByNoOtherName(String denied, String other) {
    Engine all =
        memory.guarded(
            "rules: [{who: alice, allow: '*', owners: '*'}, {who: alice, deny: "
                + denied
                + ", owners: '*'}]");
    String id = run(engine, ALICE, fresh());
    String exec =
        engine
            .execs()
            .create(id, call(ALICE).with(body("{'Cmd':['true']}")))
            .document()
            .asJsonObject()
            .getString("Id");
    Runnable operation =
        switch (other) {
          case "containers.attachWebSocket" ->
              () -> close(all.containers().attachWebSocket(id, call(ALICE)));
          case "images.saveAll" -> () -> all.images().saveAll(call(ALICE, "names", "base")).close();
          case "execs.startAttached" -> () -> close(all.execs().startAttached(exec, call(ALICE)));
          default -> () -> all.system().pingHead(call(ALICE)).close();
        };

    assertThat(refusal(operation)).isEqualTo(FORBIDDEN + "rule 2 denies " + other);
  }

  private static void close(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theServerCallsNoAgentAtAnAddressOfAClients() {
    String image = fresh();
    commit(image, "latest", "changes", "LABEL sockerless.agent.address=10.0.0.1:80");
    Engine all = memory.guarded("rules: [{who: alice, allow: '*', owners: '*'}]");

    assertThat(
            creating(
                engine,
                "{'Image':'base','Labels':{'sockerless.agent':'forward',"
                    + "'sockerless.agent.address':'10.0.0.1:80'}}"))
        .isEqualTo(NOT_COVERED + "security agent=10.0.0.1:80 is not permitted");
    assertThat(creating(all, "{'Image':'" + image + "','Labels':{'sockerless.agent':'forward'}}"))
        .contains("security agent=10.0.0.1:80 is not permitted");
  }

  @Test
  void anImageFromAnAddressReachesWhateverTheServerCan() {
    assertThat(
            refusal(() ->
                engine
                    .images()
                    .create(call(ALICE, "fromSrc", "http://169.254.169.254/", "repo", fresh()))))
        .isEqualTo(NOT_COVERED + "it reaches what belongs to others");
  }

  @Test
  void whatABaseHasDoneToItsBuildsIsRead() {
    String secret = fresh();
    String base = fresh();
    commit(secret, "latest");
    memory
        .backend
        .images()
        .create(
            call(
                    GuardedMemory.ADMIN,
                    "fromSrc",
                    "-",
                    "repo",
                    base,
                    "changes",
                    "ONBUILD COPY --from=" + secret + " / /stolen/")
                .with(Body.of(GuardedMemory.tar())))
        .bytes();

    assertThat(building(engine, "FROM " + base)).isEqualTo("404 No such image: " + secret);
  }

  @Test
  void anothersImageIsNoCacheForABuild() {
    String secret = fresh();
    commit(secret, "latest");

    assertThat(building(engine, "FROM base", "cachefrom", "[\"" + secret + "\"]"))
        .isEqualTo("404 No such image: " + secret);
    assertThat(building(engine, "FROM base", "cachefrom", "[\"" + fresh() + "\"]"))
        .isEqualTo("200");
  }

  @Test
  void aBuildHasTheLabelsThatAreRequired() {
    Engine labelled =
        memory.guarded("rules: [{who: alice, allow: images.*, when: {labels: {team: pay}}}]");

    assertThat(building(labelled, "FROM base"))
        .isEqualTo(FORBIDDEN + "rule 1 does not cover this: label team=pay is required");
    assertThat(building(labelled, "FROM base", "labels", "{\"team\":\"pay\"}")).isEqualTo("200");
  }

  @Test
  void buildArgumentsMayDifferInCaseAlone() {
    assertThat(
            building(
                engine,
                "FROM base",
                "buildargs",
                "{\"HTTP_PROXY\":\"http://a\",\"http_proxy\":\"http://a\"}"))
        .isEqualTo("200");
  }

  @Test
  void aVolumeIsMadeAsTheContainerThatNamesItSays() {
    String name = fresh();
    create(
        engine,
        ALICE,
        fresh(),
        ",'HostConfig':{'Mounts':[{'Type':'volume','Source':'"
            + name
            + "','Target':'/e','VolumeOptions':{'Labels':{'a':'b'},'DriverConfig':{'Name':'local',"
            + "'Options':{'type':'tmpfs','device':'tmpfs','o':'size=1m'}}}}]}");

    JsonObject volume = engine.volumes().inspect(name, call(ALICE)).document().asJsonObject();
    assertThat(volume.getJsonObject("Options").getString("o")).isEqualTo("size=1m");
    assertThat(volume.getJsonObject("Labels").getString("a")).isEqualTo("b");
    assertThat(volume.getJsonObject("Labels").getString(Ownership.LABEL)).isEqualTo("alice");
  }
}
