package io.sockerless.backend.memory.utility.text;

import java.util.ArrayList;
import java.util.List;

/** The first option of {@code head} and {@code tail} may be a count alone: {@code -5}. */
final class ObsoleteCount {

  private ObsoleteCount() {}

  /** The arguments without the name, {@code -5} rewritten to {@code -n5}. */
  static List<String> rewrite(List<String> arguments) {
    List<String> rewritten = new ArrayList<>(arguments.subList(1, arguments.size()));
    if (!rewritten.isEmpty() && rewritten.getFirst().matches("-[0-9]+[a-zA-Z]?")) {
      rewritten.set(0, "-n" + rewritten.getFirst().substring(1));
    }
    return rewritten;
  }
}
