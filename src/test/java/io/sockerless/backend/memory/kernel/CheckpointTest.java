package io.sockerless.backend.memory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.backend.memory.support.Sandbox;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CheckpointTest {

  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final Kernel kernel = new Sandbox().kernel();
  private final Checkpoint checkpoint = new Checkpoint(kernel, end);

  /** A thread that waits at the checkpoint. */
  private Thread passing() {
    Thread thread = Thread.ofVirtual().start(checkpoint::pass);
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private static void hasGoneOn(Thread thread) {
    await().until(() -> !thread.isAlive());
  }

  @Test
  void whoMayRunGoesOnAtOnce() {
    assertThat(checkpoint.isWanted()).isFalse();
    checkpoint.pass();
  }

  @Test
  void whoIsStoppedStandsStillUntilItMayGoOn() {
    checkpoint.stop();
    assertThat(checkpoint.isStopped()).isTrue();
    Thread thread = passing();
    checkpoint.resume();
    hasGoneOn(thread);
    assertThat(checkpoint.isWanted()).isFalse();
  }

  @Test
  void whoIsHeldWithItsContainerStandsStillUntilItIsWoken() {
    kernel.pause();
    Thread thread = passing();
    kernel.resume();
    checkpoint.wake();
    hasGoneOn(thread);
  }

  @Test
  void whoHasEndedEndsThereThoughItIsStopped() {
    checkpoint.stop();
    end.complete(137);
    checkpoint.leave();
    assertThatThrownBy(checkpoint::pass)
        .isInstanceOfSatisfying(TaskEnd.class, ended -> assertThat(ended.code()).isEqualTo(137));
  }
}
