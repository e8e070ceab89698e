package io.sockerless.wire;

import java.io.IOException;

/** The peer speaks HTTP where TLS was expected: it can be told so in its own language. */
public final class PlainTextException extends IOException {

  private static final long serialVersionUID = 1L;

  PlainTextException() {
    super("plain text where TLS was expected");
  }
}
