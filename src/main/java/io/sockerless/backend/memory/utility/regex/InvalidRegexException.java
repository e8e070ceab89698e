package io.sockerless.backend.memory.utility.regex;

import java.io.IOException;

/** A pattern that is no regular expression; the message is the C library's. */
public final class InvalidRegexException extends IOException {

  private static final long serialVersionUID = 1L;

  InvalidRegexException(String message) {
    super(message);
  }
}
