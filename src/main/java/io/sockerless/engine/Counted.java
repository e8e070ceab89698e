package io.sockerless.engine;

import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an {@link Interceptor} hands on in the place of an answer or a stream, so that it knows how
 * many bytes went through and when the end was.
 */
public final class Counted {

  private Counted() {}

  /**
   * The same answer.
   *
   * @param bytes of its body, as they are read
   * @param ended runs once, when it is released
   */
  public static Answer answer(Answer answer, LongAdder bytes, Runnable ended) {
    Runnable end = once(ended);
    return new Answer(
        answer.status(),
        answer.reason(),
        answer.headers(),
        input(answer.body(), bytes),
        answer.length(),
        () -> {
          try {
            answer.close();
          } finally {
            end.run();
          }
        });
  }

  /**
   * The same stream.
   *
   * @param bytesIn from the client
   * @param bytesOut to the client
   * @param ended runs once, when it is closed
   */
  public static HijackedStream stream(
      HijackedStream stream, LongAdder bytesIn, LongAdder bytesOut, Runnable ended) {
    return new CountedStream(stream, bytesIn, bytesOut, once(ended));
  }

  /** The same bytes, counted as they are read. */
  public static InputStream input(InputStream input, LongAdder bytes) {
    return new CountedInput(input, bytes);
  }

  private static Runnable once(Runnable ended) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        ended.run();
      }
    };
  }
}
