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
import io.sockerless.engine.Engine;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Query;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways around rules that have worked elsewhere. */
class BypassTest extends TeamFixture {

  private static String hostConfig(String fields) {
    return creating(engine, "{'Image':'base','HostConfig':{" + fields + "}}");
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
    assertThat(creating(engine, document)).startsWith("400 invalid JSON: ");
  }

  @Test
  void aLetterThatGoFoldsIsSeenAsTheOneItStandsFor() {
    assertThat(creating(engine, "{'Image':'base','Ho\u017ftConfig':{'Privileged':true}}"))
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
                engine,
                "{'Image':'base','Labels':{'a':'"
                    + filler
                    + "'},'HostConfig':{'Privileged':true}}"))
        .startsWith(FORBIDDEN);
    assertThat(
            creating(
                engine, "{'Image':'base','Labels':{'a':'" + "x".repeat(Body.MAX_DOCUMENT) + "'}}"))
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
