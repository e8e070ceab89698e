package io.sockerless.backend.core.attach;

import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;

/**
 * The head that a client gets before a hijacked stream: {@code 101 UPGRADED} where it asked for an
 * upgrade, else {@code 200 OK}.
 */
public record HijackHead(int status, String reason, Headers headers) {

  /** Output of a terminal, or of a client that knows by itself how to read it. */
  public static final String RAW = "application/vnd.docker.raw-stream";

  /** Both outputs in frames. */
  public static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

  private static final int NAMED_SINCE = 42;

  /** The head for a call. */
  public static HijackHead of(Call call, boolean framed) {
    if (call.headers().first("Upgrade").isEmpty()) {
      return new HijackHead(200, "OK", Headers.of("Content-Type", RAW));
    }
    return new HijackHead(
        101,
        "UPGRADED",
        Headers.of(
            "Content-Type", contentType(call, framed), "Connection", "Upgrade", "Upgrade", "tcp"));
  }

  /** The error as dockerd writes it to a client that attaches: under the type of the stream. */
  public static EngineException inPlaceOfStream(EngineException error) {
    return EngineException.of(error.status(), error.text(), Headers.of("Content-Type", RAW));
  }

  /** The type of output; up to API 1.41 there was one name for both. */
  public static String contentType(Call call, boolean framed) {
    return framed && !ApiVersion.isBefore(call, NAMED_SINCE) ? MULTIPLEXED : RAW;
  }
}
