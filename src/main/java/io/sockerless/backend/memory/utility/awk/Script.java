package io.sockerless.backend.memory.utility.awk;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole script. */
record Script(
    List<Statement> begin,
    List<Rule> rules,
    List<Statement> end,
    Map<String, Function> functions,
    Map<String, Integer> globals) {

  /**
   * What is done with records.
   *
   * @param first none for all records
   * @param last of a range
   */
  record Rule(Optional<Expression> first, Optional<Expression> last, Statement action) {}

  /** A function; its body is filled in after what calls it may have been read. */
  record Function(List<String> parameters, Statement body) {}
}
