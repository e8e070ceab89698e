package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ADMIN;
import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.BOB;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.create;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.ids;
import static io.sockerless.policy.GuardedMemory.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Identity;
import io.sockerless.policy.rule.PolicyException;
import io.sockerless.policy.rule.PolicyReader;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest extends TeamFixture {

  private static JsonArray containers(Identity identity, String... parameters) {
    return engine.containers().list(call(identity, parameters)).document().asJsonArray();
  }

  private static List<String> names(JsonValue items) {
    return items.asJsonArray().getValuesAs(JsonObject.class).stream()
        .map(it -> it.getString("Name"))
        .toList();
  }

  private static String network(Identity identity) {
    String name = fresh();
    network(identity, name);
    return name;
  }

  private static String volume(Identity identity) {
    String name = fresh();
    volume(identity, name);
    return name;
  }

  @Test
  void aListOfContainersHasOnesOwn() {
    String alices = create(engine, ALICE, fresh(), "");
    String bobs = create(engine, BOB, fresh(), "");

    assertThat(ids(containers(ALICE, "all", "1"))).contains(alices).doesNotContain(bobs);
    assertThat(ids(containers(ADMIN, "all", "1"))).contains(alices, bobs);
  }

  @Test
  void whoMaySeeNothingOfTheirOwnIsShownNoneOfIt() {
    String alices = create(engine, ALICE, fresh(), "");
    Engine shared = memory.guarded("rules: [{who: alice, allow: containers.*, owners: shared}]");

    assertThat(ids(shared.containers().list(call(ALICE, "all", "1")).document().asJsonArray()))
        .doesNotContain(alices);
  }

  @Test
  void anothersContainerStaysHiddenOnceItsOwnerIsRemembered() {
    String name = fresh();
    create(engine, BOB, name, "");
    engine.containers().inspect(name, call(BOB)).close();

    for (int i = 0; i < 2; i++) {
      assertThat(GuardedMemory.refusal(() -> engine.containers().inspect(name, call(ALICE))))
          .isEqualTo("404 No such container: " + name);
    }
  }

  @Test
  void whatIsInspectedIsTheBackendsOwnDocument() {
    String name = fresh();
    String id = create(engine, ALICE, name, "");

    for (String way : new String[] {name, id}) {
      assertThat(engine.containers().inspect(way, call(ALICE)).document())
          .isEqualTo(memory.inspect(id));
    }
    assertThat(
            engine.containers().inspect(name, call(ALICE, "size", "1")).document().asJsonObject())
        .containsKey("SizeRw");
  }

  @Test
  void theLastContainersAreTheLastOfOnesOwn() {
    String alices = create(engine, ALICE, fresh(), "");
    create(engine, BOB, fresh(), "");

    assertThat(ids(containers(ALICE, "all", "1", "limit", "1"))).containsExactly(alices);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"label\":[\"sockerless.owner=bob\"]}",
        "{\"label\":{\"sockerless.owner=bob\":true}}",
        "{\"name\":[\"thing\"]}"
      })
  void aFilterOnlyNarrowsWhatIsSeen(String filters) {
    String bobs = create(engine, BOB, fresh(), "");

    assertThat(ids(containers(ALICE, "all", "1", "filters", filters))).doesNotContain(bobs);
    assertThat(ids(containers(ADMIN, "all", "1", "filters", filters))).contains(bobs);
  }

  @Test
  void listsOfNetworksHaveOnesOwnAndThoseForAll() {
    String alices = network(ALICE);
    String bobs = network(BOB);

    assertThat(names(engine.networks().list(call(ALICE)).document()))
        .contains(alices, "bridge", "host", "none")
        .doesNotContain(bobs);
  }

  @Test
  void aNetworkForAllShowsOnesOwnMembers() {
    String alices = run(engine, ALICE, fresh());
    String bobs = run(engine, BOB, fresh());

    JsonObject members =
        engine
            .networks()
            .inspect("bridge", call(ALICE))
            .document()
            .asJsonObject()
            .getJsonObject("Containers");
    assertThat(members).containsKey(alices).doesNotContainKey(bobs);
  }

  @Test
  void listsOfVolumesHaveOnesOwn() {
    String alices = volume(ALICE);
    String bobs = volume(BOB);

    assertThat(
            names(
                engine
                    .volumes()
                    .list(call(ALICE))
                    .document()
                    .asJsonObject()
                    .getJsonArray("Volumes")))
        .contains(alices)
        .doesNotContain(bobs);
  }

  @Test
  void listsOfImagesHaveOnesOwnAndThoseForAll() {
    String bobs = fresh();
    engine
        .containers()
        .commit(call(BOB, "container", create(engine, BOB, fresh(), ""), "repo", bobs))
        .close();

    assertThat(tags(engine.images().list(call(ALICE)).document().asJsonArray()))
        .contains("base:latest")
        .doesNotContain(bobs + ":latest");
    assertThat(tags(engine.images().list(call(BOB)).document().asJsonArray()))
        .contains("base:latest", bobs + ":latest");
  }

  private static List<String> tags(JsonArray images) {
    return images.getValuesAs(JsonObject.class).stream()
        .flatMap(image -> image.getJsonArray("RepoTags").getValuesAs(JsonString.class).stream())
        .map(JsonString::getString)
        .toList();
  }

  @Test
  void theDiskUsageIsOfOnesOwn() {
    String bobs = run(engine, BOB, fresh());
    String volume = volume(BOB);

    JsonObject usage = engine.system().diskUsage(call(ALICE)).document().asJsonObject();
    assertThat(ids(usage.getJsonArray("Containers"))).doesNotContain(bobs);
    assertThat(names(usage.getJsonArray("Volumes"))).doesNotContain(volume);
    assertThat(usage.toString()).doesNotContain(bobs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images.list", "images.inspect"})
  void anImageDoesNotTellOfTheContainersOfOthers(String operation) throws PolicyException {
    String alices = create(engine, ALICE, fresh(), "");
    String bobs = create(engine, BOB, fresh(), "");
    JsonObject image =
        Body.parse(
            """
            {"Id": "sha256:1", "Manifests": [
              {"ID": "a", "ImageData": {"Containers": ["%s", "%s"], "Size": 1}}, {"ID": "b"}]}
            """
                .formatted(alices, bobs)
                .getBytes(StandardCharsets.UTF_8));
    View view =
        new View(
            PolicyReader.read(GuardedMemory.TEAM), ALICE, new Ownership(memory.backend), operation);
    JsonStructure told =
        operation.equals("images.list") ? Json.createArrayBuilder().add(image).build() : image;

    String shown =
        view.filter(Answer.json(200, told), call(ALICE, "manifests", "1")).document().toString();

    assertThat(shown)
        .contains("\"Containers\":[\"" + alices + "\"],\"Size\":1")
        .contains("{\"ID\":\"b\"}");
  }

  @Test
  void diskUsageCountsOnesOwnContainersAsTheUsersOfAnImage() {
    create(engine, BOB, fresh(), "");
    create(engine, ALICE, fresh(), "");

    JsonObject usage = engine.system().diskUsage(call(ALICE)).document().asJsonObject();
    int own = usage.getJsonArray("Containers").size();
    assertThat(usage.getJsonArray("Images").getValuesAs(JsonObject.class))
        .extracting(image -> image.getInt("Containers"))
        .contains(own)
        .allMatch(users -> users <= own);
    assertThat(
            engine
                .system()
                .diskUsage(call(ALICE, "type", "image"))
                .document()
                .asJsonObject()
                .getJsonArray("Images")
                .getValuesAs(JsonObject.class))
        .extracting(image -> image.getInt("Containers"))
        .containsOnly(-1);
  }

  @Test
  void pruningTakesAwayOnesOwn() {
    String alices = create(engine, ALICE, fresh(), "");
    String bobs = create(engine, BOB, fresh(), "");
    String network = network(BOB);

    JsonObject pruned = engine.containers().prune(call(ALICE)).document().asJsonObject();
    engine.networks().prune(call(ALICE)).close();

    assertThat(pruned.getJsonArray("ContainersDeleted").getValuesAs(JsonString.class))
        .extracting(JsonString::getString)
        .contains(alices)
        .doesNotContain(bobs);
    assertThat(ids(containers(BOB, "all", "1"))).contains(bobs);
    assertThat(names(engine.networks().list(call(BOB)).document())).contains(network);
  }

  private static List<JsonObject> events(Identity identity, long since) throws IOException {
    String until = Long.toString(System.currentTimeMillis() / 1000 + 1);
    Call call = call(identity, "since", Long.toString(since), "until", until);
    try (Answer answer = engine.system().events(call);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        Stream<String> each = lines.lines()) {
      return each.map(line -> Body.parse(line.getBytes(StandardCharsets.UTF_8))).toList();
    }
  }

  @Test
  void eventsAreOfOnesOwn() throws IOException {
    long since = System.currentTimeMillis() / 1000;
    String alices = run(engine, ALICE, fresh());
    String bobs = run(engine, BOB, fresh());
    String volume = volume(BOB);
    String network = network(BOB);
    String own = network(ALICE);
    engine.networks().remove(own, call(ALICE)).close();

    String seen = events(ALICE, since).toString();
    assertThat(seen).contains(alices, own).doesNotContain(bobs, volume, network);
    assertThat(events(ADMIN, since).toString()).contains(alices, bobs, volume, network, own);
  }

  @Test
  void anEventComesWhenItHappens() throws IOException {
    Call call = call(ALICE);
    try (Answer answer = engine.system().events(call);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      create(engine, BOB, fresh(), "");
      String name = fresh();
      create(engine, ALICE, name, "");

      assertThat(lines.readLine()).contains("\"Action\":\"create\"", name);
      call.cancellation().cancel();
    }
  }
}
