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
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.Engine;
import io.sockerless.policy.rule.Owner;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to somebody else cannot be reached, and does not show. */
class OwnershipTest extends TeamFixture {

  private static String hostConfig(String fields) {
    return creating(engine, "{'Image':'base','HostConfig':{" + fields + "}}");
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
                engine,
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
}
