package io.sockerless.metrics;

import io.sockerless.engine.Answer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Counts an answer whose end only its end will tell. */
final class CountedAnswer {

  private CountedAnswer() {}

  /** The same answer, open until it is released. */
  static Answer of(Answer answer, LongAdder open, LongAdder bytes) {
    open.increment();
    AtomicBoolean released = new AtomicBoolean();
    return new Answer(
        answer.status(),
        answer.reason(),
        answer.headers(),
        new CountedInput(answer.body(), bytes),
        answer.length(),
        () -> {
          if (released.compareAndSet(false, true)) {
            open.decrement();
          }
          answer.close();
        });
  }
}
