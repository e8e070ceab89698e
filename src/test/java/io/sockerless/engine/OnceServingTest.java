package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceServingTest {

  @Test
  void workWaitsUntilClientsAreServedAndThenRunsAtOnce() {
    OnceServing onceServing = new OnceServing();
    List<String> done = new ArrayList<>();
    onceServing.execute(() -> done.add("first"));
    onceServing.execute(() -> done.add("second"));
    assertThat(done).isEmpty();

    onceServing.begin();
    assertThat(done).containsExactly("first", "second");

    onceServing.execute(() -> done.add("third"));
    assertThat(done).containsExactly("first", "second", "third");
  }
}
