package io.sockerless.policy;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.PiecewiseBody;
import io.sockerless.policy.rule.Owner;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The events of what an identity may see, each passed on as it comes. An event tells whose a
 * container is, since its labels are in it; for the others the backend is asked. What cannot be
 * told of is left out.
 */
final class EventView extends PiecewiseBody {

  private static final int MAX_EVENT = 1024 * 1024;
  private static final Map<String, Kind> KINDS =
      Map.of(
          "container", Kind.CONTAINER,
          "image", Kind.IMAGE,
          "network", Kind.NETWORK,
          "volume", Kind.VOLUME);

  private final View view;
  private final InputStream events;
  private final Call call;

  private EventView(View view, InputStream events, Call call) {
    this.view = view;
    this.events = events;
    this.call = call;
  }

  static Answer of(View view, Answer answer, Call call) {
    return new Answer(
        answer.status(),
        answer.reason(),
        answer.headers(),
        new EventView(view, answer.body(), call),
        -1,
        answer.release());
  }

  /** Reads on to the next event that may be seen. */
  @Override
  protected Optional<byte[]> next() throws IOException {
    Optional<byte[]> line = line();
    while (line.isPresent() && !isVisible(line.get())) {
      line = line();
    }
    return line;
  }

  private Optional<byte[]> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    int c;
    while ((c = events.read()) >= 0) {
      line.write(c);
      if (c == '\n') {
        return Optional.of(line.toByteArray());
      }
      if (line.size() > MAX_EVENT) {
        throw new IOException("an event is larger than " + MAX_EVENT + " bytes");
      }
    }
    return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
  }

  private boolean isVisible(byte[] line) {
    try {
      return owner(Body.parse(line)).filter(view::shows).isPresent();
    } catch (EngineException e) {
      return false;
    }
  }

  private Optional<Owner> owner(JsonObject event) {
    Optional<Kind> kind = Optional.ofNullable(KINDS.get(event.getString("Type", "")));
    if (kind.isEmpty() || !(event.get("Actor") instanceof JsonObject actor)) {
      return Optional.empty();
    }
    String id = actor.getString("ID", "");
    JsonObject attributes =
        actor.get("Attributes") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    if (attributes.get(Ownership.LABEL) instanceof JsonString label) {
      Owner owner = new Owner.Named(label.getString());
      view.ownership().remember(new Ownership.Found(kind.get(), id, owner, Optional.empty()));
      return Optional.of(owner);
    }
    return kind.get() == Kind.CONTAINER
        ? Optional.of(view.ownership().remembered(kind.get(), id).orElse(new Owner.None()))
        : lookUp(kind.get(), id, attributes);
  }

  /** On a network that is for all, an event is about the container that joins it. */
  private Optional<Owner> lookUp(Kind kind, String id, JsonObject attributes) {
    String member = attributes.getString("container", "");
    if (kind == Kind.NETWORK && !member.isEmpty()) {
      return view.ownership()
          .find(Kind.CONTAINER, member, call)
          .map(Ownership.Found::owner)
          .or(() -> view.ownership().remembered(Kind.CONTAINER, member));
    }
    return view.ownership()
        .find(kind, id, call)
        .map(Ownership.Found::owner)
        .or(() -> view.ownership().remembered(kind, id));
  }
}
