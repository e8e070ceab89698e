package io.sockerless.backend.core.image;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Tells a client how a long operation goes, in the records that dockerd streams. Every method fails
 * once the client has left, so that what nobody waits for ends.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image/operation/ImageCreate">
 *     ImageCreate</a>
 */
public final class Progress {

  private static final int WIDTH = 50;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private final Sink sink;

  /** Sends records to wherever they go. */
  public Progress(Sink sink) {
    this.sink = sink;
  }

  /** Where records go. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the next record.
     *
     * @throws IOException if nobody is there any more
     */
    void accept(JsonObject record) throws IOException;
  }

  /** For what nobody watches. */
  public static Progress unseen() {
    return new Progress(record -> {});
  }

  /** Any other record. */
  public void record(JsonObject record) throws IOException {
    sink.accept(record);
  }

  /** A line about everything. */
  public void status(String status) throws IOException {
    sink.accept(JsonBuilders.object().add("status", status).build());
  }

  /** A line about one thing, which is not replaced. */
  public void line(String id, String status) throws IOException {
    sink.accept(JsonBuilders.object().add("status", status).add("id", id).build());
  }

  /** The state of one thing, which replaces the one before. */
  public void state(String id, String status) throws IOException {
    sink.accept(
        JsonBuilders.object()
            .add("status", status)
            .add("progressDetail", JsonValue.EMPTY_JSON_OBJECT)
            .add("id", id)
            .build());
  }

  /**
   * How far one thing has got.
   *
   * @param id empty where there is only one
   * @param total in bytes, 0 if it is not known
   */
  public void amount(String id, String status, long current, long total) throws IOException {
    JsonObjectBuilder detail = JsonBuilders.object().add("current", current);
    if (total > 0) {
      detail.add("total", total);
    }
    JsonObjectBuilder record =
        JsonBuilders.object()
            .add("status", status)
            .add("progressDetail", detail)
            .add("progress", bar(current, total));
    sink.accept((id.isEmpty() ? record : record.add("id", id)).build());
  }

  /** What a program reads at the end. */
  public void aux(JsonObject aux) throws IOException {
    sink.accept(
        JsonBuilders.object()
            .add("progressDetail", JsonValue.EMPTY_JSON_OBJECT)
            .add("aux", aux)
            .build());
  }

  /** Text as it is to be shown. */
  public void stream(String text) throws IOException {
    sink.accept(JsonBuilders.object().add("stream", text).build());
  }

  private static String bar(long current, long total) {
    if (total <= 0) {
      return padded(humanSize(current));
    }
    int done = Math.clamp(current * WIDTH / total, 0, WIDTH);
    return "["
        + "=".repeat(done)
        + ">"
        + " ".repeat(WIDTH - done)
        + "] "
        + padded(humanSize(current))
        + "/"
        + humanSize(total);
  }

  private static String padded(String text) {
    return " ".repeat(Math.max(0, 8 - text.length())) + text;
  }

  /** A size in decimal units with four significant digits, as Docker writes it. */
  static String humanSize(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1000 && unit < UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    BigDecimal rounded = new BigDecimal(size).round(new MathContext(4)).stripTrailingZeros();
    return rounded.toPlainString() + UNITS[unit];
  }
}
