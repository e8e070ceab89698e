package io.sockerless.backend.memory.utility.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.support.Sandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InitTest {

  private final Sandbox sandbox = new Sandbox();

  @Test
  void aSignalReachesACommandThatDoesNotCatchIt() {
    Pipe output = new Pipe();
    Task task =
        sandbox.start(
            new Init(it -> {
              it.sleep(Duration.ofMinutes(5));
              return 0;
            }),
            output.writer(),
            output.writer(),
            "init");
    await().until(() -> task.disposition(Signal.TERM) == Task.Disposition.CATCH);
    task.signalFromOutside(Signal.TERM);
    assertThat(task.end().join()).isEqualTo(143);
  }

  @Test
  void theCodeIsTheCommands() {
    assertThat(sandbox.run(new Init(task -> 7), "init").code()).isEqualTo(7);
  }
}
