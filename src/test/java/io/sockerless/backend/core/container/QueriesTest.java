package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static io.sockerless.backend.core.container.CoreFixture.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of containers, and their files. */
class QueriesTest {

  @TempDir Path folder;
  private CoreFixture core;

  @BeforeEach
  void open() {
    core = new CoreFixture(folder);
  }

  @AfterEach
  void close() {
    core.close();
  }

  private List<String> names(String query) {
    return core.containers.list(call(query)).document().asJsonArray().stream()
        .map(item -> item.asJsonObject().getJsonArray("Names").getString(0).substring(1))
        .toList();
  }

  private static String filters(String json) {
    return "all=1&filters=" + URLEncoder.encode(json.replace('\'', '"'), StandardCharsets.UTF_8);
  }

  @Test
  void onlyWhatRunsIsListedUnlessAllIsAskedFor() {
    core.create("idle", "");
    core.run("busy", "sleep");
    assertThat(names("")).containsExactly("busy");
    assertThat(names("all=1")).containsExactly("busy", "idle");
    assertThat(names("limit=1")).containsExactly("busy");
  }

  @Test
  void aContainerIsListedByWhatOthersCallItAsLongAsTheyAreThere() {
    core.create("store", "");
    core.create("app", "'HostConfig':{'Links':['store:db']}");
    assertThat(allNames()).containsExactly("[\"/app\"]", "[\"/app/db\",\"/store\"]");
    core.containers.remove("app", call("")).close();
    assertThat(allNames()).containsExactly("[\"/store\"]");
  }

  @Test
  void aContainerIsFoundByWhatAnotherCallsItUntilThatIsTakenAway() {
    String store = core.create("store", "");
    String app = core.create("app", "'HostConfig':{'Links':['store:db','store:cache']}");
    assertThat(core.inspect("app/db").getString("Id")).isEqualTo(store);
    assertThat(core.inspect("/app/cache").getString("Id")).isEqualTo(store);
    assertThatThrownBy(() -> core.inspect("app/other")).hasMessage("No such container: app/other");

    core.containers.remove("app/db", call("link=1")).close();
    assertThat(links(app)).hasToString("[\"/store:/app/cache\"]");
    assertThatThrownBy(() -> core.inspect("app/db")).hasMessage("No such container: app/db");

    core.containers.remove("/app/cache", call("link=1")).close();
    assertThat(links(app)).isEqualTo(JsonValue.NULL);
    assertThat(core.inspect(store).getString("Name")).isEqualTo("/store");
    assertThatThrownBy(() -> core.containers.remove("app", call("link=1")))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage("Conflict, cannot remove the default link name of the container");
  }

  private JsonValue links(String id) {
    return requireNonNull(core.inspect(id).getJsonObject("HostConfig").get("Links"));
  }

  @ParameterizedTest
  @CsvSource({"1.44, true", "1.45, false"})
  void beforeThereWereDnsNamesTheShortIdStoodAmongTheAliases(String version, boolean stands) {
    String id =
        core.create("app", "'Cmd':['sleep'],'Hostname':'box','HostConfig':{'NetworkMode':'own'}");
    assertThat(aliases(id, version)).isEmpty();

    core.containers.start(id, call("")).close();

    assertThat(aliases(id, version))
        .isEqualTo(stands ? List.of(id.substring(0, 12), "box") : List.of());
  }

  private List<String> aliases(String id, String version) {
    JsonObject own =
        core.containers
            .inspect(id, Calls.version(version, call("")))
            .document()
            .asJsonObject()
            .getJsonObject("NetworkSettings")
            .getJsonObject("Networks")
            .getJsonObject("own");
    return Documents.strings(own, "Aliases");
  }

  private List<String> allNames() {
    return core.containers.list(call("all=1")).document().asJsonArray().stream()
        .map(item -> item.asJsonObject().getJsonArray("Names").toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'label':['team=a']} | one",
        "{'label':{'team=a':true}} | one",
        "{'label':['team']} | two one",
        "{'label':['team','team=b']} | two",
        "{'name':['^/one$']} | one",
        "{'name':['^one$','^/one$','^/gone$']} | one",
        "{'name':['^one$','w']} | two one",
        "{'name':['^one$'],'label':['team=b']} | ",
        "{'name':['^on.$']} | one",
        "{'name':['o']} | two one",
        "{'status':['running']} | two",
        "{'status':['created']} | one",
        "{'ancestor':['alpine']} | two one",
        "{'ancestor':['nope']} | ",
        "{'before':['two']} | one",
        "{'since':['one']} | two",
        "{'expose':['80']} | one",
        "{'expose':['79-81/tcp']} | one",
        "{'publish':['8081/tcp']} | two",
        "{'publish':['8080-8090']} | two",
        "{'publish':['81/tcp']} | ",
        "{'isolation':['default']} | two one",
        "{'network':['bridge']} | two one",
        "{'network':['nope']} | ",
        "{'health':['none']} | two one",
        "{'is-task':['true']} | ",
        "{'volume':['x']} | ",
        "{'exited':['0']} | "
      })
  void filtersNarrowTheList(String filters, String expected) {
    core.create("one", "'Labels':{'team':'a'},'ExposedPorts':{'80/tcp':{}}");
    String two =
        core.create(
            "two",
            "'Cmd':['sleep'],'Labels':{'team':'b'},'HostConfig':{'PortBindings':{'81/tcp':"
                + "[{'HostPort':'8081'}]}}");
    core.containers.start(two, call("")).close();
    assertThat(String.join(" ", names(filters(filters))))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void anUnknownFilterOrStatusIsRefused() {
    assertThatThrownBy(() -> names(filters("{'x':['y']}"))).hasMessage("invalid filter 'x'");
    assertThatThrownBy(() -> names(filters("{'status':['y']}")))
        .hasMessage(
            "invalid filter 'status=y': invalid value for state (y): must be one of created,"
                + " running, paused, restarting, removing, exited, dead");
    assertThatThrownBy(() -> names(filters("{'health':['y']}")))
        .hasMessage(
            "invalid filter 'health=y': invalid value for health (y): must be one of none,"
                + " starting, healthy, unhealthy");
  }

  @Test
  void theSummaryTellsStateAndStatus() {
    String id = core.run("c1", "sleep");
    JsonObject summary =
        core.containers.list(call("size=1")).document().asJsonArray().getJsonObject(0);
    assertThat(summary.getString("State")).isEqualTo("running");
    assertThat(summary.getString("Status")).startsWith("Up ");
    assertThat(summary.getString("Command")).isEqualTo("sleep");
    assertThat(summary.getInt("SizeRw")).isEqualTo(42);
    core.containers.kill(id, call("")).close();
    summary = core.containers.list(call("all=1")).document().asJsonArray().getJsonObject(0);
    assertThat(summary.getString("Status")).startsWith("Exited (137) ");
  }

  @Test
  void aContainersImageIsCalledByItsNameAsLongAsTheNameIsTheImages() {
    core.images.add("app", "{'Cmd':['true']}");
    String id = core.images.find("app", "").orElseThrow().id();
    core.containers.create(call("name=c1", "{'Image':'app'}")).close();
    assertThat(listedImage()).isEqualTo("app");

    core.images.name("app", "alpine");
    assertThat(listedImage()).isEqualTo(id);

    core.images.unname("app");
    assertThat(listedImage()).isEqualTo(id);
  }

  private String listedImage() {
    return core.containers
        .list(call("all=1"))
        .document()
        .asJsonArray()
        .getJsonObject(0)
        .getString("Image");
  }

  @ParameterizedTest
  @CsvSource({
    "0, Less than a second",
    "1, 1 second",
    "59, 59 seconds",
    "60, About a minute",
    "120, 2 minutes",
    "3600, About an hour",
    "7200, 2 hours",
    "172800, 2 days",
    "1209600, 2 weeks",
    "5184000, 2 months",
    "63072000, 2 years"
  })
  void durationsAreToldInDockersWords(long seconds, String words) {
    assertThat(StatusText.duration(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @Test
  void inspectHasEveryPart() {
    JsonObject document = core.inspect(core.run("c1", "sleep"));
    assertThat(document.keySet())
        .contains(
            "Id",
            "Created",
            "Path",
            "Args",
            "State",
            "Image",
            "ResolvConfPath",
            "HostnamePath",
            "HostsPath",
            "LogPath",
            "Name",
            "RestartCount",
            "Driver",
            "Platform",
            "MountLabel",
            "ProcessLabel",
            "AppArmorProfile",
            "ExecIDs",
            "HostConfig",
            "GraphDriver",
            "Mounts",
            "Config",
            "NetworkSettings");
    assertThat(document.getJsonObject("NetworkSettings").getString("IPAddress"))
        .isEqualTo("172.17.0.2");
    assertThat(document.getJsonObject("State").getInt("Pid")).isEqualTo(1);
  }

  @Test
  void addressesAreGoneWhenNothingRuns() {
    String id = core.run("c1", "sleep");
    core.containers.kill(id, call("")).close();
    assertThat(core.inspect(id).getJsonObject("NetworkSettings").getString("IPAddress")).isEmpty();
  }

  @Test
  void topShowsTheProcessesInTheColumnsAskedFor() {
    String id = core.run("c1", "sleep");
    JsonObject table = core.containers.top(id, call("")).document().asJsonObject();
    assertThat(table.getJsonArray("Titles"))
        .hasToString("[\"UID\",\"PID\",\"PPID\",\"C\",\"STIME\",\"TTY\",\"TIME\",\"CMD\"]");
    assertThat(table.getJsonArray("Processes").getJsonArray(0).getString(7)).isEqualTo("sleep");
    JsonObject chosen =
        core.containers.top(id, call("ps_args=-o+pid,time,comm")).document().asJsonObject();
    assertThat(chosen.getJsonArray("Processes")).hasToString("[[\"1\",\"00:01:01\",\"sleep\"]]");
    JsonObject sizes =
        core.containers.top(id, call("ps_args=-o+pid,rss,vsz")).document().asJsonObject();
    assertThat(sizes.getJsonArray("Processes")).hasToString("[[\"1\",\"3072\",\"3072\"]]");
    assertThat(
            core.containers
                .top(id, call("ps_args=aux"))
                .document()
                .asJsonObject()
                .getJsonArray("Titles")
                .getString(0))
        .isEqualTo("USER");
  }

  @Test
  void topOfWhatDoesNotRunIsRefused() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.containers.top(id, call("")))
        .isInstanceOf(EngineException.Conflict.class)
        .hasMessage("Container " + id + " is not running");
  }

  @Test
  void statsOfWhatDoesNotRunSayNothing() {
    String id = core.create("c1", "");
    JsonObject stats = core.containers.stats(id, call("stream=0")).document().asJsonObject();
    assertThat(stats.getString("id")).isEqualTo(id);
    assertThat(stats.getString("read")).isEqualTo("0001-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"before,two", "since,one", "exited,0"})
  void aListOfTheRunningOnesIsOneWhateverElseIsAskedFor(String filter, String value) {
    core.create("one", "");
    core.create("two", "");
    core.create("three", "");
    String filters = filters("{'" + filter + "':['" + value + "']}");
    assertThat(names(filters.replace("all=1&", ""))).isEmpty();
  }

  @Test
  void anAncestorIsWhatTheImageWasBuiltFromHere() {
    core.images.add("base", "{}");
    core.images.add("middle", "{}");
    core.images.add("top", "{}");
    core.images.built("base", "middle");
    core.images.built("middle", "top");
    for (String image : List.of("base", "middle", "top")) {
      core.containers
          .create(call("name=of-" + image, "{'Image':'" + image + "','Cmd':['true']}"))
          .close();
    }
    assertThat(names(filters("{'ancestor':['base']}")))
        .containsExactlyInAnyOrder("of-base", "of-middle", "of-top");
    assertThat(names(filters("{'ancestor':['middle']}")))
        .containsExactlyInAnyOrder("of-middle", "of-top");
    assertThat(names(filters("{'ancestor':['top']}"))).containsExactly("of-top");
  }

  @Test
  void statsAreTheProcessesOwn() {
    String id = core.run("c1", "sleep");
    JsonObject stats =
        core.containers.stats(id, call("stream=0&one-shot=1")).document().asJsonObject();
    assertThat(stats.getJsonObject("memory_stats").getInt("usage")).isEqualTo(1000);
    assertThat(stats.getJsonObject("memory_stats").getInt("limit")).isEqualTo(4000);
    assertThat(stats.getJsonObject("pids_stats").getInt("current")).isEqualTo(3);
    assertThat(
            stats
                .getJsonObject("cpu_stats")
                .getJsonObject("cpu_usage")
                .getJsonNumber("total_usage")
                .longValue())
        .isEqualTo(2_000_000_000L);
    assertThat(stats.getJsonObject("networks").getJsonObject("eth0").getInt("tx_bytes"))
        .isEqualTo(20);
  }

  @Test
  void aFileIsDescribedInAHeader() {
    String id = core.create("c1", "");
    String header =
        core.containers
            .statPath(id, call("path=/etc/passwd"))
            .headers()
            .first("X-Docker-Container-Path-Stat")
            .orElseThrow();
    assertThat(new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"name\":\"passwd\",\"size\":12,\"mode\":420,\"mtime\":\"2026-01-02T03:04:05Z\","
                + "\"linkTarget\":\"\"}");
  }

  @Test
  void filesGoOutAndIn() throws Exception {
    String id = core.create("c1", "");
    Answer out = core.containers.getArchive(id, call("path=/etc/passwd"));
    assertThat(out.headers().first("Content-Type")).contains("application/x-tar");
    assertThat(text(out.body())).isEqualTo("tar of /etc/passwd");
    Body body = Body.of("tar".getBytes(StandardCharsets.UTF_8));
    core.containers.putArchive(id, call("path=/tmp").with(body)).close();
    assertThat(core.processes.files.put).containsEntry("/tmp", "tar");
  }

  @Test
  void filesThatCannotBeAreRefusedInDockersWords() {
    String id = core.create("c1", "");
    assertThatThrownBy(() -> core.containers.getArchive("c1", call("path=/nope")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("Could not find the file /nope in container c1");
    assertThatThrownBy(() -> core.containers.putArchive(id, call("path=/etc/passwd")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("extraction point is not a directory");
    assertThatThrownBy(() -> core.containers.putArchive(id, call("path=/readonly")))
        .isInstanceOf(EngineException.Forbidden.class)
        .hasMessage("mounted volume is marked read-only");
  }

  @Test
  void changesAreNumberedAsDockerDoes() {
    JsonArray changes =
        core.containers.changes(core.create("c1", ""), call("")).document().asJsonArray();
    assertThat(changes)
        .hasToString(
            "[{\"Path\":\"/etc\",\"Kind\":0},{\"Path\":\"/etc/new\",\"Kind\":1},"
                + "{\"Path\":\"/tmp/old\",\"Kind\":2}]");
  }

  @Test
  void aCommitTakesChangesAndAName() {
    core.create("c1", "");
    core.containers
        .commit(
            call(
                "container=c1&repo=made&tag=1&comment=why&changes=ENV+A%3Db&changes=CMD+"
                    + "%5B%22x%22%5D"))
        .close();
    assertThat(core.images.log).containsExactly("commit layer why as made:1");
    JsonObject config = core.images.committed.getFirst().getJsonObject("config");
    assertThat(config.getJsonArray("Env")).hasToString("[\"PATH=/bin\",\"A=b\"]");
    assertThat(config.getJsonArray("Cmd")).hasToString("[\"x\"]");
  }

  @Test
  void aCommitHasNothingOfItsParentsComment() {
    core.images.add("parent", "{'Cmd':['x']},'comment':'of the parent'");
    core.create("c1", "'Image':'parent'");
    core.containers.commit(call("container=c1")).close();
    assertThat(core.images.committed.getFirst()).doesNotContainKey("comment");
  }

  @Test
  void pruneRemovesWhatDoesNotRun() {
    String idle = core.create("idle", "'Labels':{'a':'1'}");
    core.create("kept", "'Labels':{'a':'2'}");
    core.run("busy", "sleep");
    JsonObject pruned =
        core.containers.prune(call(filters("{'label':['a=1']}"))).document().asJsonObject();
    assertThat(pruned.getJsonArray("ContainersDeleted").getString(0)).isEqualTo(idle);
    assertThat(pruned.getInt("SpaceReclaimed")).isEqualTo(42);
    assertThat(names("all=1")).containsExactly("busy", "kept");
    assertThat(core.containers.prune(call(filters("{'label':['a=1']}"))).document().asJsonObject())
        .containsEntry("ContainersDeleted", JsonValue.NULL);
  }
}
