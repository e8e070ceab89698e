package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.BOB;
import static io.sockerless.policy.GuardedMemory.body;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.create;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.ids;
import static io.sockerless.policy.GuardedMemory.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Identity;
import io.sockerless.engine.InterceptedEngine;
import io.sockerless.engine.Interceptor;
import io.sockerless.engine.Invocation;
import io.sockerless.engine.Query;
import io.sockerless.policy.rule.Policy;
import io.sockerless.policy.rule.PolicyException;
import io.sockerless.policy.rule.PolicyReader;
import io.sockerless.support.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

  @TempDir private static Path data;
  @TempDir private Path folder;

  private static GuardedMemory memory;

  @BeforeAll
  static void open() {
    memory = new GuardedMemory(data);
  }

  @AfterAll
  static void close() throws IOException {
    memory.close();
  }

  @BeforeEach
  void forget() {
    memory.decisions.clear();
  }

  @Test
  void theServersOwnQuestionsPass() {
    Engine engine = memory.guarded("rules: [{who: alice, allow: system.ping}]");
    Call ping = Call.of(Query.none()).with(Identity.SERVER);

    assertThat(refusal(() -> engine.system().ping(ping).close())).isEqualTo("200");
    assertThat(memory.decisions).isEmpty();
  }

  @Test
  void whatIsForwardedIsWhatWasReadByteForByte() {
    String sent = "{ \"Cmd\":[\"true\"],  \"X-Unknown\": 1.50 }";
    String container = GuardedMemory.run(memory.backend, ALICE, fresh());
    StringBuilder received = new StringBuilder();
    Guard guard =
        new Guard(
            memory.backend, () -> policy("{who: '*', allow: '*', owners: '*'}"), true, it -> {});
    guard
        .answer(
            new Invocation(
                "execs.create",
                List.of(container),
                call(ALICE).with(Body.of(sent.getBytes(StandardCharsets.UTF_8)))),
            invocation -> {
              received.append(new String(invocation.call().body().bytes(), StandardCharsets.UTF_8));
              return Answer.empty(200);
            })
        .close();

    assertThat(received).hasToString(sent);
  }

  @Test
  void whatCameByIsNotAskedForAgain() {
    List<String> asked = new ArrayList<>();
    Engine counted =
        new InterceptedEngine(
            memory.backend,
            new Interceptor() {
              @Override
              public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
                asked.add(invocation.operation());
                return operation.apply(invocation);
              }

              @Override
              public HijackedStream hijack(
                  Invocation invocation, Function<Invocation, HijackedStream> operation) {
                return operation.apply(invocation);
              }
            });
    Engine engine =
        new InterceptedEngine(
            counted,
            new Guard(
                counted,
                () -> policy("{who: alice, allow: [containers.*, execs.*]}"),
                true,
                it -> {}));

    String id = GuardedMemory.create(engine, ALICE, fresh(), "");
    engine.containers().kill(GuardedMemory.run(engine, ALICE, fresh()), call(ALICE)).close();
    engine.containers().remove(id, call(ALICE)).close();

    assertThat(asked)
        .containsExactly(
            "images.inspect",
            "containers.create",
            "images.inspect",
            "containers.create",
            "containers.inspect",
            "containers.start",
            "containers.kill",
            "containers.remove");
  }

  private static Policy policy(String rule) {
    try {
      return PolicyReader.read("rules:\n- " + rule);
    } catch (PolicyException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void anImageIsKnownByItsNamesWhenItIsGivenByItsId() {
    String id =
        memory
            .backend
            .images()
            .inspect("base", call(ALICE))
            .document()
            .asJsonObject()
            .getString("Id");
    Engine base =
        memory.guarded("rules: [{who: alice, allow: containers.*, when: {images: [base]}}]");
    Engine other =
        memory.guarded("rules: [{who: alice, allow: containers.*, when: {images: [other]}}]");
    Call call = call(ALICE).with(body("{'Cmd':['true'],'Image':'" + id + "'}"));
    Call again = call(ALICE).with(body("{'Image':'" + id.substring(7, 19) + "'}"));

    assertThat(refusal(() -> base.containers().create(call).close())).isEqualTo("200");
    assertThat(refusal(() -> other.containers().create(again)))
        .endsWith("image docker.io/library/base:latest is not permitted");
  }

  @Test
  void aLimitCannotBeTakenAwayAfterwards() {
    Engine engine =
        memory.guarded(
            "rules: [{who: alice, allow: containers.*, when: {limits: {memory: 1g, pids: 100}}}]");
    assertThat(
            refusal(() -> engine.containers().create(call(ALICE).with(body("{'Image':'base'}")))))
        .contains("a limit of");
    String id = create(engine, ALICE, fresh(), ",'HostConfig':{'Memory':100000000,'PidsLimit':50}");

    assertThat(
            refusal(
                () -> engine.containers().update(id, call(ALICE).with(body("{'PidsLimit':-1}")))))
        .contains("a limit of pids is required");
    assertThat(
            refusal(() ->
                engine.containers().update(id, call(ALICE).with(body("{'Memory':2000000000}")))))
        .contains("a limit of memory");
    assertThat(
            refusal(() ->
                engine
                    .containers()
                    .update(id, call(ALICE).with(body("{'Memory':200000000}")))
                    .close()))
        .isEqualTo("200");
  }

  @Test
  void whatIsThereFromBeforeTheRulesIsForWhoeverTheySay() {
    String old = create(memory.backend, ALICE, fresh(), "");
    Engine usual = memory.guarded("rules: [{who: alice, allow: containers.*}]");
    Engine wide =
        memory.guarded("rules: [{who: alice, allow: containers.*, owners: [self, none]}]");

    assertThat(refusal(() -> usual.containers().inspect(old, call(ALICE)))).startsWith("404");
    assertThat(refusal(() -> wide.containers().inspect(old, call(ALICE)).close())).isEqualTo("200");
  }

  @Test
  void whatMayBeSeenButNotDoneIsForbiddenAndNotHidden() {
    Engine engine =
        memory.guarded(
            """
            rules:
              - {who: ["*"], allow: [containers.list, containers.inspect], owners: ["*"]}
              - {who: ["*"], allow: [containers.create, containers.remove]}
            """);
    String bobs = create(engine, BOB, fresh(), "");

    assertThat(refusal(() -> engine.containers().remove(bobs, call(ALICE))))
        .isEqualTo(
            "403 authorization denied by policy: rule 2 does not cover this:"
                + " it belongs to somebody else");
  }

  @Test
  void aDryRunDoesWhatItWouldHaveDeniedAndSaysSo() {
    Engine engine = memory.guarded("rules: [{who: bob, allow: containers.*}]", false);
    String id = create(engine, ALICE, fresh(), ",'HostConfig':{'Privileged':true}");

    assertThat(memory.decisions)
        .singleElement()
        .satisfies(decision -> {
          assertThat(decision.outcome()).isEqualTo("would-deny");
          assertThat(decision.reason()).isEqualTo("no rule allows containers.create to alice");
        });
    assertThat(ids(engine.containers().list(call(BOB, "all", "1")).document().asJsonArray()))
        .contains(id);
  }

  @Test
  void whatWasLearnedAllowsTheSameAndNothingElse() throws IOException {
    Path file = folder.resolve("learned.yaml");
    Engine learning = engine(file, Mode.LEARN);
    session(learning);

    String learned = Files.readString(file);
    Engine enforced = engine(file, Mode.ENFORCE);
    session(enforced);

    assertThat(learned).contains("images: [\"docker.io/library/base:latest\"]");
    String own = create(enforced, ALICE, fresh(), ",'HostConfig':{'Binds':['/srv/app:/app']}");
    assertThat(refusal(() -> enforced.containers().pause(own, call(ALICE))))
        .endsWith("no rule allows containers.pause to alice");
    assertThat(
            refusal(
                () -> create(enforced, ALICE, fresh(), ",'HostConfig':{'Binds':['/etc:/app']}")))
        .endsWith("binds /etc is not permitted");
    assertThat(refusal(() -> enforced.containers().list(call(BOB)))).startsWith("403");
    memory.importImage("other");
    assertThat(
            refusal(
                () -> enforced.containers().create(call(ALICE).with(body("{'Image':'other'}")))))
        .endsWith("image docker.io/library/other:latest is not permitted");
  }

  private static Engine engine(Path file, Mode mode) {
    return Governance.from(
            Settings.of(PolicyConfig.FILE, file.toString(), PolicyConfig.MODE, mode.key()))
        .over(memory.backend);
  }

  /** What compose does: a network, a volume, a container that is started, looked at and removed. */
  private static void session(Engine engine) {
    String project = fresh();
    engine.system().ping(call(ALICE)).close();
    engine.containers().list(call(ALICE, "all", "1")).close();
    engine.networks().create(call(ALICE).with(body("{'Name':'" + project + "'}"))).close();
    engine.volumes().create(call(ALICE).with(body("{'Name':'" + project + "'}"))).close();
    String id =
        create(
            engine,
            ALICE,
            project,
            ",'HostConfig':{'NetworkMode':'%s','Binds':['%s:/data','/srv/app:/app']}"
                .formatted(project, project));
    engine.containers().inspect(id, call(ALICE)).close();
    engine.containers().remove(id, call(ALICE, "force", "1")).close();
    engine.volumes().remove(project, call(ALICE)).close();
    engine.networks().remove(project, call(ALICE)).close();
  }

  @Test
  void learningDoesNotReplaceAPolicyThatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), GuardedMemory.TEAM);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine(file, Mode.LEARN))
        .withMessageContaining("is there already");
    assertThat(Files.readString(file)).isEqualTo(GuardedMemory.TEAM);
  }

  @Test
  void aGroupIsAsGoodAsAName() {
    Engine engine = memory.guarded("rules: [{who: 'group:ops', allow: system.info}]");
    Identity carol = new Identity("carol", Set.of("ops"));

    assertThat(refusal(() -> engine.system().info(call(carol)).close())).isEqualTo("200");
    assertThat(refusal(() -> engine.system().info(call(ALICE)))).startsWith("403");
  }
}
