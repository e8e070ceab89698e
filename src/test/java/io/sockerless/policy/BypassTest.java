package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ADMIN;
import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.BOB;
import static io.sockerless.policy.GuardedMemory.body;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.create;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.refusal;
import static io.sockerless.policy.GuardedMemory.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Query;
import io.sockerless.policy.rule.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways around rules that have worked elsewhere. */
class BypassTest {

  private static final String FORBIDDEN = "403 authorization denied by policy: ";

  @TempDir private static Path data;

  private static GuardedMemory memory;
  private static Engine engine;

  @BeforeAll
  static void open() {
    memory = new GuardedMemory(data);
    engine = memory.guarded(GuardedMemory.TEAM);
  }

  @AfterAll
  static void close() throws IOException {
    memory.close();
  }

  private static String creating(String document) {
    return refusal(() ->
        engine.containers().create(call(ALICE, "name", fresh()).with(body(document))).close());
  }

  private static String hostConfig(String fields) {
    return creating("{'Image':'base','HostConfig':{" + fields + "}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Privileged':true                                        | privileged
          'privileged':true                                        | privileged
          'PRIVILEGED':1                                           | privileged
          'CapAdd':['SYS_ADMIN']                                   | capabilities SYS_ADMIN
          'CapAdd':['cap_sys_admin']                               | capabilities SYS_ADMIN
          'Binds':['/:/host']                                      | binds /
          'Binds':['/srv/shared/../../etc:/etc:ro']                | binds /srv/shared/../../etc
          'Mounts':[{'Type':'bind','Source':'/etc','Target':'/e'}] | binds /etc
          'Mounts':[{'type':'bind','source':'/etc','Target':'/e'}] | binds /etc
          'Mounts':[{'Type':'volume','Source':'v','Target':'/e','VolumeOptions':{'DriverConfig':{'Options':{'type':'none','o':'bind','device':'/etc'}}}}] | binds /etc
          'Devices':[{'PathOnHost':'/dev/sda'}]                    | devices /dev/sda
          'DeviceCgroupRules':['c *:* rwm']                        | devices rule:c *:* rwm
          'DeviceRequests':[{'Driver':'nvidia'}]                   | devices gpu:nvidia
          'NetworkMode':'host'                                     | namespaces network
          'PidMode':'host'                                         | namespaces pid
          'IpcMode':'host'                                         | namespaces ipc
          'UTSMode':'host'                                         | namespaces uts
          'UsernsMode':'host'                                      | namespaces user
          'CgroupnsMode':'host'                                    | namespaces cgroup
          'SecurityOpt':['seccomp=unconfined']                     | security seccomp=unconfined
          'SecurityOpt':['seccomp:unconfined']                     | security seccomp=unconfined
          'MaskedPaths':[]                                         | security masked-paths
          'Runtime':'other'                                        | security runtime=other
          'CgroupParent':'/'                                       | security cgroup-parent=/
          'Sysctls':{'kernel.msgmax':'1'}                          | sysctls kernel.msgmax
          """)
  void noPowerIsGivenThatNoRuleNames(String fields, String power) {
    assertThat(hostConfig(fields))
        .isEqualTo(
            FORBIDDEN + "rule 2 (developers) does not cover this: " + power + " is not permitted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Image':'base','HostConfig':{'Privileged':true},'HostConfig':{}}",
        "{'Image':'base','HostConfig':{'Privileged':true},'hostconfig':{}}",
        "{'Image':'base','HostConfig':{'Privileged':true,'privileged':false}}",
        "{'Image':'base','HostConfig':{'Privileged':true,'Privileged':false}}",
        "{'Image':'base','HostConfig':{'Priv\\u0069leged':true,'Privileged':false}}",
        "{'Image':'base','Ho\u017ftConfig':{'Privileged':true},'HostConfig':{}}",
        "{'Image':'base'}{'HostConfig':{'Privileged':true}}"
      })
  void aKeyThatTwoReadersMayTakeDifferentlyIsRefused(String document) {
    assertThat(creating(document)).startsWith("400 invalid JSON: ");
  }

  @Test
  void aLetterThatGoFoldsIsSeenAsTheOneItStandsFor() {
    assertThat(creating("{'Image':'base','Ho\u017ftConfig':{'Privileged':true}}"))
        .startsWith(FORBIDDEN)
        .contains("privileged");
  }

  @Test
  void keysThatAreDataMayDifferInCaseAlone() {
    String id = create(engine, ALICE, fresh(), ",'Labels':{'a':'1','A':'2'}");

    assertThat(memory.inspect(id).getJsonObject("Config").getJsonObject("Labels"))
        .containsKeys("a", "A", Ownership.LABEL);
  }

  @Test
  void aBodyOfMoreThanAMegabyteIsReadToItsEnd() {
    String filler = "x".repeat(2 * 1024 * 1024);
    assertThat(
            creating(
                "{'Image':'base','Labels':{'a':'"
                    + filler
                    + "'},'HostConfig':{'Privileged':true}}"))
        .startsWith(FORBIDDEN);
    assertThat(creating("{'Image':'base','Labels':{'a':'" + "x".repeat(Body.MAX_DOCUMENT) + "'}}"))
        .startsWith("413");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0})
  void aBodyIsReadWhateverItsLengthIsSaidToBe(long length) {
    byte[] bytes =
        "{\"Image\":\"base\",\"HostConfig\":{\"Privileged\":true}}"
            .getBytes(StandardCharsets.UTF_8);
    Call call = call(ALICE).with(new Body(new ByteArrayInputStream(bytes), length));

    assertThat(refusal(() -> engine.containers().create(call))).startsWith(FORBIDDEN);
  }

  @Test
  void anEmptyBodyIsDecidedOnToo() {
    Engine nothing = memory.guarded("rules: [{who: bob, allow: system.ping}]");
    assertThat(refusal(() -> nothing.containers().create(call(ALICE)))).startsWith(FORBIDDEN);
  }

  @Test
  void aFormInTheBodyDoesNotReplaceTheQuery() {
    Call call =
        call(ALICE, "fromImage", "base")
            .withHeader("Content-Type", "application/X-WWW-form-urlencoded")
            .with(body("fromImage=evil"));
    assertThat(refusal(() -> engine.images().create(call))).startsWith("400");
  }

  @Test
  void aSemicolonDoesNotHideAParameter() {
    Call call =
        Call.of(new Query("x=1;networkmode=host")).with(ALICE).with(Body.of(GuardedMemory.tar()));
    assertThat(refusal(() -> engine.images().build(call))).startsWith("400");
  }

  @Test
  void aVolumeIsNoWayToTheHost() {
    String document =
        "{'Name':'%s','DriverOpts':{'type':'none','o':'bind','device':'/etc'}}".formatted(fresh());
    assertThat(refusal(() -> engine.volumes().create(call(ALICE).with(body(document)))))
        .contains("binds /etc is not permitted");
  }

  @Test
  void aBuildOnTheHostsNetworkOrWithABindIsRefused() {
    assertThat(
            refusal(() ->
                engine
                    .images()
                    .build(
                        call(ALICE, "networkmode", "host")
                            .with(GuardedMemory.context("FROM base")))))
        .contains("namespaces network is not permitted");
    assertThat(
            refusal(() ->
                engine
                    .images()
                    .build(
                        call(ALICE, "volume", "/etc:/e").with(GuardedMemory.context("FROM base")))))
        .contains("binds /etc is not permitted");
  }

  private static String building(Engine engine, String dockerfile, String... parameters) {
    return refusal(() -> {
      try (Answer answer =
          engine.images().build(call(ALICE, parameters).with(GuardedMemory.context(dockerfile)))) {
        answer.bytes();
      }
    });
  }

  @Test
  void whatADockerfileBuildsOnIsAskedAbout() {
    Engine hub =
        memory.guarded("rules: [{who: alice, allow: images.*, when: {registries: [docker.io]}}]");

    assertThat(building(hub, "FROM base AS a\nRUN true\nFROM a\nCOPY --from=a /bin /b\n"))
        .isEqualTo("200");
    for (String dockerfile :
        new String[] {
          "FROM evil.io/x",
          "FROM base\nRUN true\nFROM evil.io/x AS second",
          "FROM base\nCOPY --from=evil.io/x / /",
          "ARG B=evil.io\nFROM $B/x",
          "FR\\\n# a comment\nOM evil.io/x",
          "FROM base\nONBUILD COPY --from=evil.io/x / /"
        }) {
      assertThat(building(hub, dockerfile))
          .as(dockerfile)
          .isEqualTo(FORBIDDEN + "rule 1 does not cover this: registry evil.io is not permitted");
    }
    assertThat(building(hub, "ARG B=base\nFROM $B", "buildargs", "{\"B\":\"evil.io/x\"}"))
        .startsWith(FORBIDDEN);
  }

  @Test
  void nothingIsBuiltOnAnothersImage() {
    String name = fresh();
    engine
        .containers()
        .commit(call(BOB, "container", create(engine, BOB, fresh(), ""), "repo", name))
        .close();

    assertThat(building(engine, "FROM " + name)).isEqualTo("404 No such image: " + name);
    assertThat(building(engine, "FROM base\nCOPY --from=" + name + " / /"))
        .isEqualTo("404 No such image: " + name);
  }

  @Test
  void whatIsBuiltFromElsewhereReachesWhatBelongsToOthers() {
    assertThat(building(engine, "FROM base", "remote", "http://127.0.0.1:1/context.tar"))
        .startsWith(FORBIDDEN)
        .contains("it reaches what belongs to others");
    assertThat(building(engine, "FROM base", "version", "2"))
        .contains("it reaches what belongs to others");
  }

  @Test
  void buildKitsOwnStreamsReachWhatBelongsToOthers() {
    assertThat(refusal(() -> engine.system().session(call(ALICE))))
        .contains("it reaches what belongs to others");
    assertThat(refusal(() -> engine.system().grpc(call(ALICE)))).startsWith(FORBIDDEN);
  }

  @Test
  void aPrivilegedCommandIsNoOrdinaryOne() {
    String id = run(engine, ALICE, fresh());
    assertThat(
            refusal(() ->
                engine
                    .execs()
                    .create(id, call(ALICE).with(body("{'Cmd':['true'],'Privileged':true}")))))
        .contains("privileged is not permitted");
  }

  @Test
  void anothersContainerIsNotThereByNameByIdOrByABeginningOfIt() {
    String name = fresh();
    String id = run(engine, BOB, name);

    for (String way :
        new String[] {name, "/" + name, id, id.substring(0, 12), id.substring(0, 30)}) {
      assertThat(
              refusal(() -> engine.execs().create(way, call(ALICE).with(body("{'Cmd':['true']}")))))
          .as(way)
          .isEqualTo("404 No such container: " + way);
    }
  }

  @Test
  void everyOperationOnAnothersContainerSaysThatItIsNotThere() {
    String id = run(engine, BOB, fresh());
    Containers containers = engine.containers();
    for (BiFunction<String, Call, AutoCloseable> operation :
        List.<BiFunction<String, Call, AutoCloseable>>of(
            containers::inspect,
            containers::top,
            containers::logs,
            containers::changes,
            containers::export,
            containers::stats,
            containers::start,
            containers::stop,
            containers::kill,
            containers::update,
            containers::rename,
            containers::pause,
            containers::attach,
            containers::attachWebSocket,
            containers::waitFor,
            containers::remove,
            containers::statPath,
            containers::getArchive,
            containers::putArchive)) {
      assertThat(
              refusal(() -> {
                AutoCloseable _ = operation.apply(id, call(ALICE, "path", "/", "name", "n"));
              }))
          .isEqualTo("404 No such container: " + id);
    }
    assertThat(memory.inspect(id).getJsonObject("State").getBoolean("Running")).isTrue();
  }

  @Test
  void aCommandBelongsToTheOwnerOfItsContainer() {
    String id = run(engine, BOB, fresh());
    String exec =
        engine
            .execs()
            .create(id, call(BOB).with(body("{'Cmd':['true']}")))
            .document()
            .asJsonObject()
            .getString("Id");

    assertThat(refusal(() -> engine.execs().startAttached(exec, call(ALICE)))).startsWith("404");
    assertThat(refusal(() -> engine.execs().start(exec, call(ALICE)))).startsWith("404");
    assertThat(refusal(() -> engine.execs().inspect(exec, call(ALICE)))).startsWith("404");
    assertThat(refusal(() -> engine.execs().inspect(exec, call(BOB)).close())).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'NetworkMode':'container:%s'",
        "'PidMode':'container:%s'",
        "'IpcMode':'container:%s'",
        "'VolumesFrom':['%s:ro']",
        "'Links':['%s:db']"
      })
  void anothersContainerIsNotJoined(String field) {
    String name = fresh();
    run(engine, BOB, name);

    assertThat(hostConfig(field.formatted(name))).isEqualTo("404 No such container: " + name);
  }

  @Test
  void anothersNameIsNotTakenByARename() {
    String bobs = fresh();
    String id = create(engine, BOB, bobs, "");
    String own = create(engine, ALICE, fresh(), "");

    assertThat(refusal(() -> engine.containers().rename(own, call(ALICE, "name", bobs))))
        .startsWith("409");
    assertThat(memory.inspect(id).getString("Name")).isEqualTo("/" + bobs);
  }

  @Test
  void thatANameIsTakenDoesNotShowByWhat() {
    String name = fresh();
    String id = create(engine, BOB, name, "");
    Call taken = call(ALICE, "name", name).with(body("{'Image':'base','Cmd':['true']}"));
    Call bobs = call(BOB, "name", name).with(body("{'Image':'base','Cmd':['true']}"));
    String own = create(engine, ALICE, fresh(), "");

    assertThat(refusal(() -> engine.containers().create(taken)))
        .startsWith("409 Conflict. The container name \"/" + name + "\" is already in use")
        .doesNotContain(id);
    assertThat(refusal(() -> engine.containers().rename(own, call(ALICE, "name", name))))
        .startsWith("409")
        .doesNotContain(id);
    assertThat(refusal(() -> engine.containers().create(bobs))).startsWith("409").contains(id);
  }

  @Test
  void anImageThatIsInUseDoesNotShowByWhat() {
    memory.importImage("used");
    String id =
        engine
            .containers()
            .create(call(BOB, "name", fresh()).with(body("{'Image':'used','Cmd':['true']}")))
            .document()
            .asJsonObject()
            .getString("Id");
    Engine careless =
        memory.guarded("rules: [{who: alice, allow: images.*, owners: [self, shared, none]}]");

    assertThat(refusal(() -> careless.images().remove("used", call(ALICE))))
        .startsWith("409")
        .doesNotContain(id.substring(0, 12));
  }

  @Test
  void whatIsMadeOfAContainerHasItsMakersMark() {
    String own = create(engine, ALICE, fresh(), "");
    String name = fresh();
    engine
        .containers()
        .commit(
            call(ALICE, "container", own, "repo", name, "changes", "LABEL sockerless.owner=bob"))
        .close();

    assertThat(refusal(() -> engine.images().inspect(name, call(BOB)))).startsWith("404");
    assertThat(refusal(() -> engine.images().inspect(name, call(ALICE)).close())).isEqualTo("200");
    assertThat(
            refusal(
                () -> engine.containers().create(call(BOB).with(body("{'Image':'" + name + "'}")))))
        .isEqualTo("404 No such image: " + name);
  }

  @Test
  void anothersContainerIsNotMadeAnImage() {
    String name = fresh();
    create(engine, BOB, name, "");
    assertThat(
            refusal(
                () -> engine.containers().commit(call(ALICE, "container", name, "repo", fresh()))))
        .isEqualTo("404 No such container: " + name);
  }

  @Test
  void anImageThatIsForAllKeepsItsName() {
    String own = fresh();
    engine
        .containers()
        .commit(call(ALICE, "container", create(engine, ALICE, fresh(), ""), "repo", own))
        .close();

    assertThat(refusal(() -> engine.images().tag(own, call(ALICE, "repo", "base"))))
        .startsWith(FORBIDDEN);
    assertThat(refusal(() -> engine.images().remove("base", call(ALICE)))).startsWith(FORBIDDEN);
    assertThat(
            refusal(() ->
                engine
                    .images()
                    .create(
                        call(ALICE, "fromSrc", "-", "repo", "base")
                            .with(Body.of(GuardedMemory.tar())))))
        .startsWith(FORBIDDEN);
    assertThat(refusal(() -> engine.images().load(call(ALICE).with(Body.of(new byte[1024])))))
        .startsWith(FORBIDDEN);
  }

  @Test
  void anotherOwnerIsNotWrittenIntoWhatOneMakes() {
    String id = create(engine, ALICE, fresh(), ",'labels':{'sockerless.owner':'bob'}");
    assertThat(Ownership.owner(Kind.CONTAINER, memory.inspect(id)))
        .isEqualTo(new Owner.Named("alice"));
  }

  @Test
  void anothersVolumeIsNeitherMountedNorFoundByCreatingIt() {
    String volume = fresh();
    create(engine, BOB, fresh(), ",'HostConfig':{'Binds':['" + volume + ":/data']}");

    assertThat(hostConfig("'Binds':['" + volume + ":/data']"))
        .isEqualTo("404 get " + volume + ": no such volume");
    assertThat(
            refusal(
                () -> engine.volumes().create(call(ALICE).with(body("{'Name':'" + volume + "'}")))))
        .startsWith(FORBIDDEN);
    assertThat(refusal(() -> engine.volumes().inspect(volume, call(BOB)).close())).isEqualTo("200");
  }

  @Test
  void anothersNetworkIsNotJoined() {
    String network = fresh();
    engine.networks().create(call(BOB).with(body("{'Name':'" + network + "'}"))).close();
    String own = create(engine, ALICE, fresh(), "");

    assertThat(hostConfig("'NetworkMode':'" + network + "'"))
        .isEqualTo("404 network " + network + " not found");
    assertThat(
            creating(
                "{'Image':'base','NetworkingConfig':{'EndpointsConfig':{'" + network + "':{}}}}"))
        .startsWith("404");
    assertThat(
            refusal(() ->
                engine
                    .networks()
                    .connect(network, call(ALICE).with(body("{'Container':'" + own + "'}")))))
        .startsWith("404");
  }

  @Test
  void anothersContainerIsNotPutOnOnesOwnNetwork() {
    String network = fresh();
    engine.networks().create(call(ALICE).with(body("{'Name':'" + network + "'}"))).close();
    String bobs = fresh();
    create(engine, BOB, bobs, "");

    assertThat(
            refusal(() ->
                engine
                    .networks()
                    .connect(network, call(ALICE).with(body("{'container':'" + bobs + "'}")))))
        .isEqualTo("404 No such container: " + bobs);
  }

  @Test
  void theHostsNetworkIsNotReachedByItsId() {
    String id =
        engine.networks().inspect("host", call(ADMIN)).document().asJsonObject().getString("Id");
    assertThat(hostConfig("'NetworkMode':'" + id + "'"))
        .contains("namespaces network is not permitted");
  }

  @Test
  void swarmAndPlugInsAreForWhoeverMayReachEverything() {
    Engine all = memory.guarded("rules: [{who: alice, allow: '*'}]");
    assertThat(refusal(() -> all.swarm().init(call(ALICE)))).startsWith(FORBIDDEN);
    assertThat(refusal(() -> all.plugins().pull(call(ALICE).with(body("[]")))))
        .startsWith(FORBIDDEN);
    assertThat(refusal(() -> engine.swarm().init(call(ADMIN)))).startsWith("501");
  }

  @Test
  void aClientThatIsCalledLikeTheServerIsNotLetIn() {
    assertThat(refusal(() -> engine.containers().list(call(Identity.of("server")))))
        .isEqualTo(FORBIDDEN + "no rule allows containers.list to server");
    assertThat(refusal(() -> engine.containers().list(call(Identity.ANONYMOUS))))
        .startsWith(FORBIDDEN);
  }

  @Test
  void whatARuleAllowsIsDone() {
    String id = run(engine, ALICE, fresh());
    Answer stopped = engine.containers().kill(id, call(ALICE));
    stopped.close();
    assertThat(stopped.status()).isEqualTo(204);
  }
}
