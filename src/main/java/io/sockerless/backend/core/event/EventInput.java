package io.sockerless.backend.core.event;

import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.PiecewiseBody;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Events as a body that never hurries: a document and a newline each, and none announced before it
 * is there, so that each goes out by itself. A reader that was too slow gets the reason as the last
 * document, in the form of the API's errors, and then the break.
 */
final class EventInput extends PiecewiseBody {

  private static final Logger LOG = System.getLogger(EventInput.class.getName());

  private final Subscription subscription;
  private final Runnable unsubscribe;
  private Optional<IOException> broken = Optional.empty();

  EventInput(Subscription subscription, Runnable unsubscribe) {
    this.subscription = subscription;
    this.unsubscribe = unsubscribe;
  }

  @Override
  public void close() {
    unsubscribe.run();
    subscription.end();
  }

  @Override
  protected Optional<byte[]> next() throws IOException {
    if (broken.isPresent()) {
      throw broken.get();
    }
    return document().map(document -> (document + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Optional<JsonObject> document() throws IOException {
    try {
      return subscription.next().map(Event::document);
    } catch (Subscription.OverrunException e) {
      LOG.log(Level.WARNING, "a client of GET /events is cut off: {0}", e.getMessage());
      broken = Optional.of(e);
      return Optional.of(JsonBuilders.object().add("message", e.getMessage()).build());
    }
  }
}
