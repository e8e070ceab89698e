package io.sockerless.edge;

import io.sockerless.engine.Answer;
import io.sockerless.wire.ChunkedOutput;
import io.sockerless.wire.Copy;
import io.sockerless.wire.GatheringOutput;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.ResponseHead;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes an answer to a client: its own framing, everything else as it came, each piece on its way
 * before the next wait.
 */
final class AnswerWriter {

  private final OutputStream output;
  private final RequestHead request;

  AnswerWriter(OutputStream output, RequestHead request) {
    this.output = output;
    this.request = request;
  }

  /** Writes the last answer of a connection. */
  void writeLast(Answer answer) throws IOException {
    write(answer, false);
  }

  /** Writes an answer, and says that the connection ends behind it unless {@code keep} is set. */
  void write(Answer answer, boolean keep) throws IOException {
    int status = answer.status();
    boolean bodyless = request.method().equals("HEAD") || status == 204 || status == 304;
    boolean chunked = !bodyless && answer.length() < 0 && request.minor() == 1;
    Headers headers = BrowserGuard.ownSiteOnly(answer.headers());
    if (chunked) {
      headers = headers.and("Transfer-Encoding", "chunked");
    } else if (answer.length() >= 0 && status != 204 && status != 304) {
      headers = headers.and("Content-Length", Long.toString(answer.length()));
    }
    if (!keep) {
      headers = headers.and("Connection", "close");
    }
    OutputStream buffered = new GatheringOutput(output);
    buffered.write(new ResponseHead(1, status, reason(answer), headers).encode());
    if (bodyless) {
      buffered.flush();
      return;
    }
    try {
      writeBody(answer, chunked, buffered);
    } finally {
      // Of a body that breaks off, the client sees what came, without the end that would make it
      // whole.
      buffered.flush();
    }
  }

  private static void writeBody(Answer answer, boolean chunked, OutputStream buffered)
      throws IOException {
    if (answer.body().available() == 0 && answer.length() != 0) {
      buffered.flush();
    }
    if (chunked) {
      ChunkedOutput chunks = new ChunkedOutput(buffered);
      Copy.all(answer.body(), chunks);
      chunks.finish();
    } else {
      Copy.all(answer.body(), buffered);
    }
  }

  private static String reason(Answer answer) {
    if (!answer.reason().isEmpty()) {
      return answer.reason();
    }
    Response.Status status = Response.Status.fromStatusCode(answer.status());
    return status == null ? "" : status.getReasonPhrase();
  }
}
