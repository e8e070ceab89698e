package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.engine.HijackedStream;

/** What a request led to: an answer like any other, or a stream that takes over the connection. */
sealed interface Reply {

  record Answered(Answer answer) implements Reply {}

  record Hijacked(HijackedStream stream) implements Reply {}
}
