package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.backend.memory.MemoryBackend;
import io.sockerless.backend.spi.BackendContext;
import io.sockerless.support.Settings;
import jakarta.json.JsonValue;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterceptedEngineTest {

  @TempDir private Path data;

  private final List<Invocation> seen = new ArrayList<>();
  private Engine engine;

  @BeforeEach
  void open() {
    Settings settings = Settings.of("sockerless.data", data.toString());
    engine =
        new InterceptedEngine(
            new MemoryBackend()
                .create(
                    new BackendContext(
                        settings, new AgentRegistry(Duration.ofSeconds(1)), Runnable::run)),
            new Interceptor() {
              @Override
              public Answer answer(Invocation invocation, Function<Invocation, Answer> operation) {
                seen.add(invocation);
                return operation.apply(invocation);
              }

              @Override
              public HijackedStream hijack(
                  Invocation invocation, Function<Invocation, HijackedStream> operation) {
                seen.add(invocation);
                return operation.apply(invocation);
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    ((Closeable) engine).close();
  }

  @Test
  void anOperationPassesWithItsNameItsTargetAndItsCall() {
    Call call = Call.of(Query.none()).with(Identity.of("alice"));
    assertThatThrownBy(() -> engine.containers().inspect("web", call))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessage("No such container: web");

    assertThat(seen).containsExactly(new Invocation("containers.inspect", List.of("web"), call));
  }

  @Test
  void aStreamPassesToo() {
    Call call = Call.of(Query.none()).with(JsonValue.EMPTY_JSON_OBJECT);
    assertThatThrownBy(() -> engine.execs().startAttached("abc", call))
        .isInstanceOf(EngineException.NotFound.class);
    assertThatThrownBy(() -> engine.system().session(call))
        .isInstanceOf(EngineException.NotImplemented.class);

    assertThat(seen)
        .extracting(Invocation::operation)
        .containsExactly("execs.startAttached", "system.session");
  }

  @Test
  void theOperationsAreThoseOfThePort() {
    assertThat(Operations.all())
        .contains("containers.create", "execs.startAttached", "images.build", "system.events")
        .hasSizeGreaterThan(90);
  }
}
