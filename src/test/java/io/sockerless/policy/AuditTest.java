package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.body;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.create;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.refusal;
import static io.sockerless.policy.GuardedMemory.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Query;
import io.sockerless.support.Settings;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of requests, by the settings that a server has. */
class AuditTest {

  @TempDir private static Path folder;

  private static GuardedMemory memory;
  private static Engine engine;
  private static Path log;

  @BeforeAll
  static void open() throws IOException {
    memory = new GuardedMemory(folder.resolve("data"));
    log = folder.resolve("audit.log");
    Path rules =
        Files.writeString(
            folder.resolve("policy.yaml"),
            GuardedMemory.TEAM + "  - {name: watch, who: ['*'], audit: execs.*}\n");
    engine =
        Governance.from(
                Settings.of(
                    "sockerless.policy.file",
                    rules.toString(),
                    "sockerless.audit.file",
                    log.toString()))
            .over(memory.backend);
  }

  @AfterAll
  static void close() throws IOException {
    memory.close();
  }

  private static List<JsonObject> lines(String id) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> Body.parse(line.getBytes(StandardCharsets.UTF_8)))
        .filter(line -> line.getString("id").equals(id))
        .toList();
  }

  /** The lines of the request that went by this id, once there are so many. */
  private static List<JsonObject> lines(String id, int count) {
    return await().until(() -> lines(id), lines -> lines.size() == count);
  }

  private static Call marked(String id, String... parameters) {
    return call(ALICE, parameters).withHeader("X-Request-Id", id);
  }

  @Test
  void aRequestIsRecordedWithWhatWasDecidedOnIt() {
    String name = fresh();
    engine
        .containers()
        .create(marked("r1", "name", name).with(body("{'Image':'base','Cmd':['true']}")))
        .bytes();

    JsonObject line = lines("r1", 1).getFirst();

    assertThat(line.getString("time")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(line.getString("identity")).isEqualTo("alice");
    assertThat(line.getJsonArray("groups").getString(0)).isEqualTo("developers");
    assertThat(line.getString("operation")).isEqualTo("containers.create");
    assertThat(line.getJsonObject("parameters").getString("name")).isEqualTo(name);
    assertThat(line.getString("decision")).isEqualTo("allow");
    assertThat(line.getString("rule")).isEqualTo("rule 2 (developers)");
    assertThat(line.getJsonArray("images").getString(0)).isEqualTo("docker.io/library/base:latest");
    assertThat(line.getInt("status")).isEqualTo(201);
    assertThat(line.getInt("durationMicros")).isPositive();
    assertThat(line.getInt("bytesIn")).isEqualTo(31);
    assertThat(line.getInt("bytesOut")).isGreaterThan(64);
  }

  @Test
  void aRefusalIsRecordedWithItsReason() {
    assertThat(
            refusal(() ->
                engine
                    .containers()
                    .create(
                        marked("r2")
                            .with(body("{'Image':'base','HostConfig':{'Privileged':true}}")))))
        .startsWith("403");

    JsonObject line = lines("r2", 1).getFirst();

    assertThat(line.getString("decision")).isEqualTo("deny");
    assertThat(line.getString("reason")).endsWith("privileged is not permitted");
    assertThat(line.getInt("status")).isEqualTo(403);
  }

  @Test
  void aMalformedRequestIsRecordedToo() {
    assertThat(refusal(() -> engine.containers().create(marked("r3").with(body("{'a':1,'a':2}")))))
        .startsWith("400");
    assertThat(lines("r3", 1).getFirst().getInt("status")).isEqualTo(400);
  }

  @Test
  void aStreamIsRecordedWhenItBeginsAndWhenItEnds() throws IOException {
    String id = run(engine, ALICE, fresh());
    String exec =
        engine
            .execs()
            .create(
                id,
                call(ALICE).with(body("{'Cmd':['cat'],'AttachStdin':true,'AttachStdout':true}")))
            .document()
            .asJsonObject()
            .getString("Id");
    HijackedStream stream =
        engine
            .execs()
            .startAttached(exec, marked("r4").with(body("{}")).withHeader("Upgrade", "tcp"));
    JsonObject begun = lines("r4", 1).getFirst();
    try (stream) {
      stream.input().write(new byte[10]);
      stream.closeInput();
      assertThat(stream.output().readAllBytes()).hasSize(18);
    }

    assertThat(begun.getString("phase")).isEqualTo("begun");
    JsonObject line = lines("r4", 2).getLast();

    assertThat(line.getString("phase")).isEqualTo("ended");
    assertThat(line.getInt("bytesIn")).isEqualTo(12);
    assertThat(line.getInt("bytesOut")).isEqualTo(18);
    assertThat(line.getJsonArray("watched").getString(0)).isEqualTo("rule 4 (watch)");
  }

  @Test
  void aSecretIsNotRecordedWhereverItStands() throws IOException {
    String secret = "hunter2";
    Call create =
        marked("r5", "name", fresh())
            .withHeader("X-Registry-Auth", secret)
            .withHeader("Authorization", "Bearer " + secret)
            .with(
                body(
                    "{'Image':'base','Env':['TOKEN=%1$s'],'Cmd':['true','-p%1$s'],'Labels':{'k':'%1$s'}}"
                        .formatted(secret)));
    engine.containers().create(create).close();
    Call build =
        marked("r6", "buildargs", "{\"TOKEN\":\"" + secret + "\"}", "remote", "https://" + secret)
            .with(Body.of(new byte[1024]));
    assertThat(refusal(() -> engine.images().build(build).close())).isNotEmpty();
    Call auth = marked("r7").with(body("{'username':'a','password':'" + secret + "'}"));
    assertThat(refusal(() -> engine.system().auth(auth).close())).isNotEmpty();

    assertThat(lines("r5", 1)).hasSize(1);
    assertThat(lines("r6", 1)).hasSize(1);
    assertThat(lines("r7", 1)).hasSize(1);
    assertThat(Files.readString(log)).doesNotContain(secret);
  }

  @Test
  void aLineIsOneLineWhateverTheClientWrites() {
    assertThat(refusal(() -> engine.containers().inspect("a\n{\"id\":\"fake\"}", marked("r8"))))
        .startsWith("404");
    assertThat(lines("r8", 1).getFirst().getString("target")).startsWith("a\n");
  }

  @Test
  void aQueryThatCannotBeReadIsRecordedWithoutIt() {
    Call call = Call.of(new Query("name=%zz")).with(ALICE).withHeader("X-Request-Id", "r12");
    assertThat(refusal(() -> engine.containers().create(call))).startsWith("4");
    engine.system().ping(marked("r13")).close();

    assertThat(lines("r12", 1).getFirst().getJsonObject("parameters")).isEmpty();
    assertThat(lines("r13", 1)).hasSize(1);
  }

  @Test
  void theServersOwnQuestionsAreNotRecorded() throws IOException {
    Call ping = Call.of(Query.none()).with(Identity.SERVER).withHeader("X-Request-Id", "r9");
    engine.system().ping(ping).close();
    engine.system().ping(marked("r10")).close();

    assertThat(lines("r10", 1)).hasSize(1);
    assertThat(lines("r9")).isEmpty();
  }

  @Test
  void anAnswerThatIsClosedTwiceIsOneLine() {
    Answer answer = engine.system().ping(marked("r11"));
    answer.close();
    answer.close();
    create(engine, ALICE, fresh(), "");
    assertThat(lines("r11", 1)).hasSize(1);
  }
}
