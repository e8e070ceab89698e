package io.sockerless.policy;

import static io.sockerless.policy.GuardedMemory.ALICE;
import static io.sockerless.policy.GuardedMemory.body;
import static io.sockerless.policy.GuardedMemory.call;
import static io.sockerless.policy.GuardedMemory.fresh;
import static io.sockerless.policy.GuardedMemory.refusal;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Identity;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a team before one backend, which all tests of a class share. */
abstract class TeamFixture {

  static final String FORBIDDEN = "403 authorization denied by policy: ";

  @TempDir private static Path data;

  static GuardedMemory memory;
  static Engine engine;

  @BeforeAll
  static void open() {
    memory = new GuardedMemory(data);
    engine = memory.guarded(GuardedMemory.TEAM);
  }

  @AfterAll
  static void close() throws IOException {
    memory.close();
  }

  /** How the creation of a container ends for Alice. */
  static String creating(Engine engine, String document) {
    return refusal(() ->
        engine.containers().create(call(ALICE, "name", fresh()).with(body(document))).close());
  }

  /** How a build ends for Alice. */
  static String building(Engine engine, String dockerfile, String... parameters) {
    return refusal(() -> {
      try (Answer answer =
          engine.images().build(call(ALICE, parameters).with(GuardedMemory.context(dockerfile)))) {
        answer.bytes();
      }
    });
  }

  /** Makes a network, and answers its id. */
  static String network(Identity who, String name) {
    return engine
        .networks()
        .create(call(who).with(body("{'Name':'" + name + "'}")))
        .document()
        .asJsonObject()
        .getString("Id");
  }

  /** Makes a volume. */
  static void volume(Identity who, String name) {
    engine.volumes().create(call(who).with(body("{'Name':'" + name + "'}"))).close();
  }
}
