package io.sockerless.console;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.PiecewiseBody;
import io.sockerless.wire.Headers;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A stream of documents, one a line, in the form that a browser's {@code EventSource} reads. Each
 * is named by its {@code timeNano}, so that a browser that lost its connection goes on behind the
 * last one that it has seen.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class ServerSentEvents extends PiecewiseBody {

  /** What a browser says of the last event that it has. */
  static final String LAST_EVENT = "Last-Event-ID";

  private static final Headers HEADERS =
      Headers.of(
          "Content-Type", "text/event-stream",
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff");

  /** Says that the connection stands, and after how many milliseconds to try again when it fell. */
  private static final byte[] GREETING = "retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII);

  private final InputStream documents;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] piece = new byte[8192];
  private boolean greeted;

  private ServerSentEvents(InputStream documents) {
    this.documents = documents;
  }

  /** The same answer as a stream of events. */
  static Answer of(Answer answer) {
    return new Answer(
        answer.status(),
        answer.reason(),
        HEADERS,
        new ServerSentEvents(answer.body()),
        -1,
        answer.release());
  }

  /** Docker's form of an event's name, {@code seconds.nanoseconds}, for its {@code since}. */
  static Optional<String> since(String lastEvent) {
    return lastEvent.matches("[0-9]{10,19}")
        ? Optional.of(
            lastEvent.substring(0, lastEvent.length() - 9)
                + '.'
                + lastEvent.substring(lastEvent.length() - 9))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    documents.close();
  }

  @Override
  protected Optional<byte[]> next() throws IOException {
    if (!greeted) {
      greeted = true;
      return Optional.of(GREETING);
    }
    int count = documents.read(piece, 0, piece.length);
    return count < 0 ? Optional.empty() : Optional.of(events(count));
  }

  /** The events whose lines end in the piece. */
  private byte[] events(int count) {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < count; i++) {
      if (piece[i] == '\n') {
        event(events, line.toByteArray());
        line.reset();
      } else {
        line.write(piece[i]);
      }
    }
    return events.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void event(StringBuilder events, byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8).strip();
    if (!text.isEmpty()) {
      name(document).ifPresent(name -> events.append("id: ").append(name).append('\n'));
      events.append("data: ").append(text).append("\n\n");
    }
  }

  private static Optional<String> name(byte[] document) {
    try {
      JsonObject event = Body.parse(document);
      return event.get("timeNano") instanceof JsonNumber number
          ? Optional.of(number.toString())
          : Optional.empty();
    } catch (EngineException.InvalidParameter e) {
      return Optional.empty();
    }
  }
}
