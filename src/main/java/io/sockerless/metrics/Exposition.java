package io.sockerless.metrics;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Writes figures as Prometheus reads them: families, each with its type and what it is, and their
 * samples.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Text-based format</a>
 */
final class Exposition {

  /** The media type of the text. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(4096);

  /** Begins a family; all its samples follow. */
  Exposition family(String name, FamilyType type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ');
    text.append(type.name().toLowerCase(Locale.ROOT)).append('\n');
    return this;
  }

  /** A family of one sample without labels. */
  void single(String name, FamilyType type, String help, Number value) {
    family(name, type, help).sample(name, value);
  }

  /** One sample; labels are names and values in turn. */
  Exposition sample(String name, Number value, String... labels) {
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      text.append(escaped(labels[i + 1])).append('"');
    }
    if (labels.length > 0) {
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** As people read numbers: without an exponent, and whole ones without a fraction. */
  static String number(Number value) {
    return value instanceof Double fraction
        ? BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString()
        : Long.toString(value.longValue());
  }

  /** All that was written. */
  String text() {
    return text.toString();
  }
}
