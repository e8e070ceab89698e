package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.wire.Headers;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A request of the internal API and the id that it goes by, in the answer's header and in the log
 * line of an error, so that whoever was refused can be told why. A client's own id is kept, which
 * lets it follow one request through several servers.
 *
 * @param id letters, digits and {@code ._-} only
 * @param line the method and the path; no query, which may hold secrets
 */
public record InternalRequest(String id, String line) {

  /** The header field that holds the id. */
  public static final String HEADER = "X-Request-Id";

  private static final String PREFIX = "/internal/v1/";
  private static final Pattern FIT_FOR_A_LOG = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final System.Logger LOG = System.getLogger(InternalRequest.class.getName());
  private static final ScopedValue<InternalRequest> CURRENT = ScopedValue.newInstance();

  /** The request, if it is one of the internal API. */
  public static Optional<InternalRequest> of(String method, String path, Headers headers) {
    return path.startsWith(PREFIX)
        ? Optional.of(new InternalRequest(id(headers.first(HEADER)), method + ' ' + path))
        : Optional.empty();
  }

  /** The id to use for a request whose client may have one of its own. */
  private static String id(Optional<String> own) {
    return own.filter(id -> FIT_FOR_A_LOG.matcher(id).matches())
        .orElseGet(() -> HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  /** The request that this thread serves. */
  static Optional<InternalRequest> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Serves the request: errors that are made on the way are logged under its id. */
  public <T, X extends Throwable> T serve(ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).<T, X>call(work);
  }

  /** The fields of an answer, with the id. */
  public Headers mark(Headers headers) {
    return headers.without(HEADER).and(HEADER, id);
  }

  /** The same answer with the id in its header. */
  public Answer mark(Answer answer) {
    return new Answer(
        answer.status(),
        answer.reason(),
        mark(answer.headers()),
        answer.body(),
        answer.length(),
        answer.release());
  }

  /** Writes the one line that the log has of an error. */
  void logError(int status, String message) {
    LOG.log(
        status >= 500 ? Level.WARNING : Level.INFO,
        "request {0}: {1}: {2} {3}",
        id,
        line,
        Integer.toString(status),
        CONTROL.matcher(message).replaceAll(" "));
  }
}
