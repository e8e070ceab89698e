package io.sockerless.backend.core.container;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.stream.ProducedBody;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/**
 * Answers with lists of which nobody knows how long they get: a long one is written document by
 * document, no faster than the client reads, and is never in memory whole.
 */
public final class LongList {

  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  /** Up to so many documents, a thread that writes costs more than the memory that it saves. */
  private static final int SHORT = 1000;

  private LongList() {}

  /** The documents of these, in their order. */
  public static <T> Answer answer(Call call, List<T> items, Function<T, JsonObject> document) {
    if (items.size() > SHORT) {
      return ProducedBody.answer(
          200, JSON, call.cancellation(), body -> write(body, items, document));
    }
    JsonArrayBuilder list = JsonBuilders.array();
    items.forEach(item -> list.add(document.apply(item)));
    return Answer.json(200, list.build());
  }

  private static <T> void write(OutputStream body, List<T> items, Function<T, JsonObject> document)
      throws IOException {
    OutputStream output = new BufferedOutputStream(body, 16 * 1024);
    String separator = "[";
    for (T item : items) {
      output.write((separator + document.apply(item)).getBytes(StandardCharsets.UTF_8));
      separator = ",";
    }
    output.write("]\n".getBytes(StandardCharsets.UTF_8));
    output.flush();
  }
}
