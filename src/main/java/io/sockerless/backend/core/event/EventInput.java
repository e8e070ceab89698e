package io.sockerless.backend.core.event;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Events as a body that never hurries: a document and a newline each, and none announced before it
 * is there, so that each goes out by itself. A reader that was too slow gets the reason as the last
 * document, in the form of the API's errors, and then the break.
 */
final class EventInput extends InputStream {

  private static final Logger LOG = System.getLogger(EventInput.class.getName());
  private static final byte[] NONE = new byte[0];

  private final Subscription subscription;
  private final Runnable unsubscribe;
  private byte[] piece = NONE;
  private int position;
  private Optional<IOException> broken = Optional.empty();

  EventInput(Subscription subscription, Runnable unsubscribe) {
    this.subscription = subscription;
    this.unsubscribe = unsubscribe;
  }

  @Override
  public int read() throws IOException {
    return fill() ? piece[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return piece.length - position;
  }

  @Override
  public void close() {
    unsubscribe.run();
    subscription.end();
  }

  /** Waits until there are bytes; false at the end. */
  private boolean fill() throws IOException {
    if (position < piece.length) {
      return true;
    }
    if (broken.isPresent()) {
      throw broken.get();
    }
    Optional<JsonObject> next = next();
    next.ifPresent(document -> {
      piece = (document + "\n").getBytes(StandardCharsets.UTF_8);
      position = 0;
    });
    return next.isPresent();
  }

  private Optional<JsonObject> next() throws IOException {
    try {
      return subscription.next().map(Event::document);
    } catch (Subscription.OverrunException e) {
      LOG.log(Level.WARNING, "a client of GET /events is cut off: {0}", e.getMessage());
      broken = Optional.of(e);
      return Optional.of(JsonBuilders.object().add("message", e.getMessage()).build());
    }
  }
}
