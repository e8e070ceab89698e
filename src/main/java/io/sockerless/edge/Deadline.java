package io.sockerless.edge;

import io.sockerless.http.Errors;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.io.IOException;
import java.time.Duration;

/**
 * The moment at which a blocked read of a connection is cut, since channels have no timeout of
 * their own.
 */
final class Deadline {

  private static final long NONE = 0;

  private final Connection connection;
  private volatile long at = NONE;
  private volatile boolean answered;

  Deadline(Connection connection) {
    this.connection = connection;
  }

  /** Cuts after a while; with an answer if the client is owed one. */
  void arm(Duration after, boolean answer) {
    answered = answer;
    long due = System.nanoTime() + after.toNanos();
    at = due == NONE ? 1 : due;
  }

  /** From here on the client is owed an answer, since there is a way to give it. */
  void owe() {
    answered = true;
  }

  boolean isArmed() {
    return at != NONE;
  }

  void disarm() {
    at = NONE;
  }

  void check(long now) {
    long due = at;
    if (due == NONE || now - due < 0) {
      return;
    }
    at = NONE;
    Thread.ofVirtual()
        .name("cut")
        .start(() -> {
          if (answered) {
            try {
              new AnswerWriter(connection.output(), new RequestHead("GET", "/", Headers.empty()))
                  .writeLast(Errors.answer(408, "the request's head did not come in time"));
            } catch (IOException e) {
              // It is being closed anyway.
            }
          }
          connection.close();
        });
  }
}
