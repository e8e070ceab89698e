package io.sockerless.backend.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.core.Calls;
import io.sockerless.backend.core.FakeContainers;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventHistoryTest {

  private final EventHistory events = new EventHistory();

  private List<JsonObject> replay(String... parameters) {
    Instant now = Instant.now();
    Call call = Calls.query(parameters);
    Call bounded = call.with(call.query().and("until", text(now)));
    return new String(events.stream(bounded).bytes(), UTF_8)
        .lines()
        .map(FakeContainers::json)
        .toList();
  }

  private static String text(Instant time) {
    return "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
  }

  private List<String> actions(String filters) {
    return replay("filters", filters).stream().map(it -> it.getString("Action")).toList();
  }

  @Test
  void aContainersEventHasTheOldFieldsToo() {
    events.publish("container", "start", "c1", Map.of("name", "web", "image", "alpine"));

    JsonObject event = replay().getFirst();

    assertThat(event.keySet())
        .containsExactly(
            "status", "id", "from", "Type", "Action", "Actor", "scope", "time", "timeNano");
    assertThat(event.getString("status")).isEqualTo("start");
    assertThat(event.getString("id")).isEqualTo("c1");
    assertThat(event.getString("from")).isEqualTo("alpine");
    assertThat(event.getJsonObject("Actor").getJsonObject("Attributes"))
        .isEqualTo(FakeContainers.json("{\"image\":\"alpine\",\"name\":\"web\"}"));
    assertThat(event.getJsonNumber("timeNano").longValue() / 1_000_000_000L)
        .isEqualTo(event.getJsonNumber("time").longValue());
  }

  @Test
  void anImagesEventHasNoFrom() {
    events.publish("image", "pull", "alpine:latest", Map.of("name", "alpine"));

    assertThat(replay().getFirst()).containsKeys("status", "id").doesNotContainKey("from");
  }

  @Test
  void aNetworksEventHasNoneOfTheOldFields() {
    events.publish("network", "create", "n1", Map.of("name", "net", "type", "bridge"));

    assertThat(replay().getFirst().keySet())
        .containsExactly("Type", "Action", "Actor", "scope", "time", "timeNano");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':['network']} | connect",
        "{'event':['start']} | start",
        "{'event':['exec_start']} | exec_start: ls",
        "{'event':['exec_start: ls']} | exec_start: ls",
        "{'container':['c1']} | start,exec_start: ls",
        "{'container':['we']} | start,exec_start: ls",
        "{'container':['nobody']} | ''",
        "{'image':['alpine']} | start,exec_start: ls,pull",
        "{'image':['alpine:3']} | start,exec_start: ls,pull",
        "{'network':['n1']} | connect",
        "{'network':['net']} | connect",
        "{'volume':['data']} | mount",
        "{'label':['a=b']} | start",
        "{'label':['a']} | start",
        "{'scope':['local'],'type':['volume']} | mount",
        "{'scope':['swarm']} | ''",
        "{'type':{'network':true}} | connect",
        "{'type':['network','volume']} | connect,mount",
        "{'node':['x']} | ''",
      })
  void filtersChoose(String filters, String expected) {
    events.publish(
        "container", "start", "c1", Map.of("name", "web", "image", "alpine:3", "a", "b"));
    events.publish("container", "exec_start: ls", "c1", Map.of("name", "web", "image", "alpine:3"));
    events.publish("image", "pull", "alpine:3", Map.of("name", "alpine"));
    events.publish("network", "connect", "n1", Map.of("name", "net", "container", "c1"));
    events.publish("volume", "mount", "data", Map.of("container", "c1"));

    assertThat(String.join(",", actions(filters.replace('\'', '"')))).isEqualTo(expected);
  }

  @Test
  void anUnknownFilterIsIgnoredAsByDockerd() {
    events.publish("volume", "mount", "data", Map.of());
    assertThat(actions("{\"colour\":[\"red\"],\"type\":[\"volume\"]}")).containsExactly("mount");
  }

  @Test
  void sinceAfterUntilIsRefused() {
    assertThatThrownBy(() -> events.stream(Calls.query("since", "10", "until", "1")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("`since` time (10) cannot be after `until` time (1)");
  }

  @Test
  void sinceReplaysOnlyWhatCameLater() {
    events.publish("volume", "create", "old", Map.of());
    Instant between = Instant.now();
    await().until(() -> Instant.now().isAfter(between.plusNanos(1000)));
    events.publish("volume", "create", "new", Map.of());

    List<JsonObject> replayed = replay("since", text(between.plusNanos(1)));

    assertThat(replayed).hasSize(1);
    assertThat(replayed.getFirst().getJsonObject("Actor").getString("ID")).isEqualTo("new");
  }

  @Test
  void withoutSinceNothingIsReplayed() throws IOException {
    events.publish("volume", "create", "old", Map.of());
    try (Answer answer = events.stream(Calls.query())) {
      events.publish("volume", "create", "new", Map.of());
      assertThat(line(answer)).contains("\"new\"");
    }
  }

  private static String line(Answer answer) throws IOException {
    return new BufferedReader(new InputStreamReader(answer.body(), UTF_8), 1).readLine();
  }

  @Test
  void theHistoryIsBounded() {
    for (int i = 0; i < EventHistory.REMEMBERED + 10; i++) {
      events.publish("volume", "create", "v" + i, Map.of());
    }

    List<JsonObject> replayed = replay("since", "0");

    assertThat(replayed).hasSize(EventHistory.REMEMBERED);
    assertThat(replayed.getFirst().getJsonObject("Actor").getString("ID")).isEqualTo("v10");
  }

  @Test
  void eachEventIsAPieceOfItsOwn() throws IOException {
    try (Answer answer = events.stream(Calls.query())) {
      assertThat(answer.body().available()).isZero();
      events.publish("volume", "create", "v1", Map.of());
      events.publish("volume", "create", "v2", Map.of());
      byte[] buffer = new byte[8192];

      int count = answer.body().read(buffer);

      assertThat(new String(buffer, 0, count, UTF_8)).contains("v1").doesNotContain("v2");
      assertThat(answer.body().available()).isZero();
    }
  }

  @Test
  void untilInTheFutureEndsTheStreamThen() {
    long end = Instant.now().getEpochSecond() + 1;
    try (Answer answer = events.stream(Calls.query("until", Long.toString(end)))) {
      CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(answer::bytes);
      await().untilAsserted(() -> assertThat(all).isCompleted());
      assertThat(Instant.now().getEpochSecond()).isGreaterThanOrEqualTo(end);
    }
  }

  @Test
  void aClientThatLeavesIsReleasedAtOnce() {
    Call call = Calls.query();
    Answer answer = events.stream(call);
    CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(answer::bytes);
    assertThat(events.listeners()).isEqualTo(1);

    call.cancellation().cancel();

    await().untilAsserted(() -> assertThat(all).isCompletedWithValueMatching(it -> it.length == 0));
    assertThat(events.listeners()).isZero();
  }

  @Test
  void aSlowReaderIsToldWhyAndCutOff() throws IOException {
    try (Answer slow = events.stream(Calls.query());
        Answer quick = events.stream(Calls.query("filters", "{\"volume\":[\"last\"]}"))) {
      for (int i = 0; i <= Subscription.LIMIT; i++) {
        events.publish("volume", "create", "v" + i, Map.of());
      }
      events.publish("volume", "create", "last", Map.of());

      assertThat(line(quick)).contains("\"last\"");
      assertThat(line(slow)).startsWith("{\"message\":\"events were not read in time");
      assertThatThrownBy(() -> slow.body().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aServerThatStopsEndsAllStreams() {
    Answer answer = events.stream(Calls.query());
    CompletableFuture<byte[]> all = CompletableFuture.supplyAsync(answer::bytes);

    events.close();

    await().untilAsserted(() -> assertThat(all).isCompletedWithValueMatching(it -> it.length == 0));
  }
}
