package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;

/**
 * What a resource method returns: the operation that its path stands for, not run yet. So the
 * method sees nothing but its path, and whoever asked for it (the edge, or {@link OperationFilter}
 * at the server's own port) decides on which thread it blocks and where its answer streams.
 */
@FunctionalInterface
public interface Operation {

  /** Runs it, blocking until the answer's head is there. */
  Answer run(Call call);
}
