package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.support.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container that has joined another one. */
class PidNamespaceTest {

  private static final Program SLEEP =
      task -> {
        task.sleep(Duration.ofHours(1));
        return 0;
      };

  private final Sandbox owner = new Sandbox();
  private final Sandbox guest = new Sandbox();
  private Task first;

  @BeforeEach
  void start() {
    first = start(owner, SLEEP);
    guest.joining(owner);
  }

  @AfterEach
  void end() {
    first.signalFromOutside(Signal.KILL);
  }

  private static Task start(Sandbox sandbox, Program program) {
    Pipe output = new Pipe();
    return sandbox.start(program, output.writer(), output.writer(), "test");
  }

  private static List<Integer> pids(List<Task> tasks) {
    return tasks.stream().map(Task::pid).toList();
  }

  @Test
  void bothSeeAllTasksButEachHasItsOwn() {
    Task joined = start(guest, SLEEP);
    assertThat(joined.pid()).isEqualTo(2);
    assertThat(pids(guest.kernel().processes().tasks())).containsExactly(1, 2);
    assertThat(pids(owner.kernel().processes().tasks())).containsExactly(1, 2);
    assertThat(pids(guest.kernel().tasks())).containsExactly(2);
    assertThat(pids(owner.kernel().tasks())).containsExactly(1);
  }

  @Test
  void theOwnersEndIsTheGuests() {
    Task joined = start(guest, SLEEP);
    first.signalFromOutside(Signal.KILL);
    assertThat(joined.end().join()).isEqualTo(137);
  }

  @Test
  void theGuestsEndEndsWhatItLeavesAndNothingOfTheOwners() {
    Task joined =
        start(
            guest,
            task -> {
              task.fork(SLEEP);
              return 3;
            });
    assertThat(joined.end().join()).isEqualTo(3);
    await().until(() -> pids(owner.kernel().processes().tasks()).equals(List.of(1)));
    assertThat(first.hasEnded()).isFalse();
  }

  @Test
  void aGuestSignalsTheOwnersTasks() {
    Task other = start(new Sandbox().joining(owner), SLEEP);
    Sandbox.Result result =
        guest.run(
            task -> {
              new SignalSender(task).sendTo(other.pid(), Optional.of(Signal.TERM));
              return 0;
            },
            "test");
    assertThat(result.code()).isZero();
    assertThat(other.end().join()).isEqualTo(143);
  }

  @Test
  void aGuestsFirstTaskIsNotSparedItsOwnSignals() {
    Sandbox.Result result =
        guest.run(
            task -> {
              task.raise(Signal.TERM);
              return 0;
            },
            "test");
    assertThat(result.code()).isEqualTo(143);
  }

  @Test
  void theGuestsTasksAreCountedAsItsOwn() {
    guest.limits().setProcesses(1);
    assertThat(guest.run(task -> 0, "test").code()).isZero();
  }

  @Test
  void aPausedGuestLeavesTheOwnerRunning() {
    await().until(() -> first.state() == 'S');
    start(guest, SLEEP);
    guest.kernel().pause();
    assertThat(first.state()).isEqualTo('S');
    assertThat(guest.kernel().tasks().getFirst().state()).isEqualTo('T');
  }

  @Test
  void aTaskWhoseParentHasEndedFallsToTheFirst() {
    Task middle =
        start(
            guest,
            task -> {
              task.fork(child -> {
                child.fork(SLEEP);
                return 0;
              });
              return SLEEP.run(task);
            });
    await()
        .until(() ->
            guest.kernel().tasks().stream()
                .filter(task -> task != middle && !task.hasEnded())
                .anyMatch(task -> task.parentPid() == 1));
  }
}
