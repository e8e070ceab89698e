package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TaskTest {

  private static final Program ENDLESS =
      task -> {
        while (true) {
          task.checkpoint();
        }
      };

  private final Sandbox sandbox = new Sandbox();

  private Task start(Program program) {
    Pipe output = new Pipe();
    return sandbox.start(program, output.writer(), output.writer(), "test");
  }

  @Test
  void theCodeIsTheProgramsLastByte() {
    assertThat(sandbox.run(task -> 0x107, "test").code()).isEqualTo(7);
  }

  @Test
  void anErrorThatTheProgramHasNoWordsForIsPrinted() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              throw Errno.ENOSPC.exception();
            },
            "/bin/test");
    assertThat(result.errors()).isEqualTo("test: No space left on device\n");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void aProgramWithAFaultOfOursEndsAsIfItHadCrashed() {
    Sandbox.Result fault =
        sandbox.run(
            task -> {
              throw new IllegalStateException("a fault");
            },
            "/bin/test");
    assertThat(fault.errors()).isEqualTo("test: java.lang.IllegalStateException: a fault\n");
    assertThat(fault.code()).isEqualTo(139);
    Sandbox.Result linkage =
        sandbox.run(
            task -> {
              throw new NoSuchMethodError("of another version");
            },
            "/bin/test");
    assertThat(linkage.code()).isEqualTo(139);
  }

  @Test
  void anEndlessLoopIsKilledFromOutside() {
    Task task = start(ENDLESS);
    task.signalFromOutside(Signal.KILL);
    assertThat(task.end().join()).isEqualTo(137);
  }

  @Test
  void aTaskThatWaitsForAPipeIsKilled() {
    Pipe silent = new Pipe();
    OpenFile writer = silent.writer();
    Task task = start(it -> new FileInput(silent.reader()).read());
    await().until(() -> task.state() == 'S');
    task.signalFromOutside(Signal.KILL);
    assertThat(task.end().join()).isEqualTo(137);
    assertThat(writer).isNotNull();
  }

  @Test
  void theFirstTaskIsDeafToASignalThatItDoesNotCatch() {
    Task task = start(ENDLESS);
    task.signalFromOutside(Signal.TERM);
    assertThat(task.hasEnded()).isFalse();
    task.signalFromOutside(Signal.KILL);
    assertThat(task.end().join()).isEqualTo(137);
  }

  @Test
  void aChildEndsByASignalAndItsParentLearnsTheCode() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              Task child = task.fork(ENDLESS);
              child.signal(Signal.TERM);
              return task.waitFor(child);
            },
            "test");
    assertThat(result.code()).isEqualTo(143);
  }

  @Test
  void anIgnoredSignalStaysIgnoredInAChild() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              task.setDisposition(Signal.HUP, Task.Disposition.IGNORE);
              Task child =
                  task.fork(it -> {
                    it.raise(Signal.HUP);
                    return 3;
                  });
              return task.waitFor(child);
            },
            "test");
    assertThat(result.code()).isEqualTo(3);
  }

  @Test
  void aCaughtSignalInterruptsASleepAndIsKept() {
    CompletableFuture<Boolean> sleeps = new CompletableFuture<>();
    AtomicReference<Optional<Errno>> errno = new AtomicReference<>(Optional.empty());
    Task task =
        start(it -> {
          it.setDisposition(Signal.USR1, Task.Disposition.CATCH);
          sleeps.complete(true);
          try {
            it.sleep(Duration.ofMinutes(5));
          } catch (PosixException e) {
            errno.set(Optional.of(e.errno()));
          }
          return it.takeCaught().contains(Signal.USR1) ? 5 : 6;
        });
    sleeps.join();
    task.signal(Signal.USR1);
    assertThat(task.end().join()).isEqualTo(5);
    assertThat(errno.get()).contains(Errno.EINTR);
  }

  @Test
  void whoWritesToABrokenPipeEndsWith141() {
    Sandbox.Result result =
        sandbox.run(
            task -> {
              Task child =
                  task.fork(it -> {
                    Pipe pipe = new Pipe();
                    pipe.reader().close();
                    new FileOutput(pipe.writer()).write(1);
                    return 0;
                  });
              return task.waitFor(child);
            },
            "test");
    assertThat(result.code()).isEqualTo(141);
  }

  @Test
  void whenTheFirstTaskEndsAllOthersDo() {
    CompletableFuture<Task> child = new CompletableFuture<>();
    sandbox.run(
        task -> {
          child.complete(task.fork(ENDLESS));
          return 0;
        },
        "test");
    assertThat(child.join().end().join()).isEqualTo(137);
  }

  @Test
  void aStoppedTaskStandsStillUntilItIsContinued() {
    Task task = start(it -> it.waitFor(it.fork(TaskTest::count)));
    await().until(() -> sandbox.kernel().processes().task(2).isPresent());
    Task child = sandbox.kernel().processes().task(2).orElseThrow();
    child.signal(Signal.STOP);
    await().until(() -> child.state() == 'T');
    child.signal(Signal.CONT);
    await().until(() -> child.state() != 'T');
    task.signalFromOutside(Signal.KILL);
    assertThat(task.end().join()).isEqualTo(137);
  }

  private static int count(Task task) throws IOException {
    while (true) {
      task.sleep(Duration.ofMillis(1));
      task.checkpoint();
    }
  }

  @Test
  void aPausedContainerUsesNoProcessorTime() {
    Task task = start(ENDLESS);
    sandbox.kernel().pause();
    await()
        .until(() -> {
          Duration before = task.cpu();
          await().pollDelay(Duration.ofMillis(60)).until(() -> true);
          return task.cpu().equals(before);
        });
    sandbox.kernel().resume();
    Duration before = task.cpu();
    await().until(() -> task.cpu().compareTo(before) > 0);
    task.signalFromOutside(Signal.KILL);
  }

  @Test
  void tooManyTasksAreRefused() {
    sandbox.limits().setProcesses(3);
    Sandbox.Result result =
        sandbox.run(
            task -> {
              for (int i = 0; i < 10; i++) {
                task.fork(ENDLESS);
              }
              return 0;
            },
            "test");
    assertThat(result.errors()).isEqualTo("test: Resource temporarily unavailable\n");
  }

  @Test
  void aTaskThatHoldsMoreThanItsContainerMayIsKilled() {
    sandbox.limits().setMemory(1_000);
    Sandbox.Result result =
        sandbox.run(
            task -> {
              task.kernel().memory().charge(1_001);
              return 0;
            },
            "test");
    assertThat(result.code()).isEqualTo(137);
    assertThat(sandbox.kernel().memory().isExceeded()).isTrue();
    assertThat(sandbox.kernel().memory().used()).isZero();
  }

  @Test
  void whatIsOpenIsSharedWithAChildAndClosedWithTheLast() throws IOException {
    Pipe pipe = new Pipe();
    OpenFile reader = pipe.reader();
    OpenFile writer = pipe.writer();
    Task task =
        start(it -> {
          it.descriptors().set(5, writer);
          Task child =
              it.fork(inner -> {
                new FileOutput(inner.descriptors().get(5)).write('x');
                return 0;
              });
          return it.waitFor(child);
        });
    assertThat(new FileInput(reader).readAllBytes()).containsExactly('x');
    assertThat(task.end().join()).isZero();
  }

  @Test
  void aCommandThatIsNotThereIs127() {
    Sandbox.Result result = sandbox.run(task -> Commands.execute(task, List.of("nowhere")), "env");
    assertThat(result.code()).isEqualTo(127);
    assertThat(result.errors())
        .isEqualTo("env: can't execute 'nowhere': No such file or directory\n");
  }

  @Test
  void aThreadOfTheServerIsNoTask() {
    assertThat(Task.current()).isEmpty();
    assertThatThrownBy(() -> new Descriptors().get(0)).hasMessage("Bad file descriptor");
  }

  @Test
  void aContainerUsesNoMoreProcessorTimeThanItMay() {
    sandbox.limits().setCpus(0.1);
    Task task = start(ENDLESS);
    long start = System.nanoTime();
    await().until(() -> System.nanoTime() - start > Duration.ofMillis(1_000).toNanos());
    assertThat(task.cpu()).isLessThan(Duration.ofMillis(400)).isPositive();
    task.signalFromOutside(Signal.KILL);
  }

  @Test
  void aTaskThatHasUsedItsSecondsIsEnded() {
    sandbox.limits().setCpuSeconds(0, 0);
    assertThat(start(ENDLESS).end().join()).isEqualTo(137);
  }
}
