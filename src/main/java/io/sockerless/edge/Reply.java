package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.engine.HijackedStream;

/** What a request led to: an answer like any other, or a stream that takes over the connection. */
sealed interface Reply {

  record Answered(Answer answer) implements Reply {
    @Override
    public void close() {
      answer.close();
    }
  }

  record Hijacked(HijackedStream stream) implements Reply {
    @Override
    public void close() {
      stream.close();
    }
  }

  /** Gives up what nobody is going to see. */
  void close();
}
