package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void whatIsRegisteredRunsOnceWhenTheClientLeaves() {
    cancellation.onCancel(runs::incrementAndGet);
    assertThat(runs).hasValue(0);
    assertThat(cancellation.isCancelled()).isFalse();
    cancellation.cancel();
    cancellation.cancel();
    assertThat(runs).hasValue(1);
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void whatIsRegisteredTooLateRunsAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(runs::incrementAndGet);
    assertThat(runs).hasValue(1);
  }
}
