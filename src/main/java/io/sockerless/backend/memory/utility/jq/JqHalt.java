package io.sockerless.backend.memory.utility.jq;

import net.thisptr.jackson.jq.exception.JsonQueryException;

/** Ends the program from within a filter: {@code halt}. */
final class JqHalt extends JsonQueryException {

  private static final long serialVersionUID = 1L;

  private final int code;

  JqHalt(int code) {
    super("halt");
    this.code = code;
  }

  int code() {
    return code;
  }
}
