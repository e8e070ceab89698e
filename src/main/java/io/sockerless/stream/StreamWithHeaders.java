package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.engine.WrappedStream;
import io.sockerless.wire.Headers;

/** A hijacked stream whose client gets other header fields than those that came with it. */
public final class StreamWithHeaders extends WrappedStream {

  private final Headers headers;

  /** The same stream under other header fields. */
  public StreamWithHeaders(HijackedStream stream, Headers headers) {
    super(stream);
    this.headers = headers;
  }

  @Override
  public Headers headers() {
    return headers;
  }
}
