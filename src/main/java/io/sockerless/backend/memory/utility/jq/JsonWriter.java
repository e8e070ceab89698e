package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values as {@code jq} does.
 *
 * @param indent what one level is indented by; none for all in one line
 */
record JsonWriter(Optional<String> indent, boolean sorted, boolean ascii) {

  String write(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node, 0);
    return out.toString();
  }

  private void write(StringBuilder out, JsonNode node, int level) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(out, node, level);
      case ARRAY -> writeArray(out, node, level);
      case STRING -> writeText(out, node.textValue());
      case NUMBER -> out.append(number(node));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL, MISSING, BINARY, POJO -> out.append("null");
    }
  }

  private void writeObject(StringBuilder out, JsonNode node, int level) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
    if (sorted) {
      entries.sort(Map.Entry.comparingByKey());
    }
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> entry : entries) {
      out.append(first ? "" : ",");
      first = false;
      newLine(out, level + 1);
      writeText(out, entry.getKey());
      out.append(indent.isPresent() ? ": " : ":");
      write(out, entry.getValue(), level + 1);
    }
    if (!first) {
      newLine(out, level);
    }
    out.append('}');
  }

  private void writeArray(StringBuilder out, JsonNode node, int level) {
    out.append('[');
    boolean first = true;
    for (JsonNode element : node) {
      out.append(first ? "" : ",");
      first = false;
      newLine(out, level + 1);
      write(out, element, level + 1);
    }
    if (!first) {
      newLine(out, level);
    }
    out.append(']');
  }

  private void newLine(StringBuilder out, int level) {
    indent.ifPresent(unit -> out.append('\n').repeat(unit, level));
  }

  private void writeText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(c);
      if (escape >= 0) {
        out.append('\\').append("\"\\bfnrt".charAt(escape));
      } else if (c < ' ' || c == 0x7f || (ascii && c > 0x7f)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static String number(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.bigIntegerValue().toString();
    }
    double value = node.doubleValue();
    if (Double.isNaN(value)) {
      return "null";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "1.7976931348623157e+308" : "-1.7976931348623157e+308";
    }
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude < 1e-5 || magnitude >= 1e17)) {
      return Double.toString(value)
          .replaceFirst("\\.0E", "E")
          .replaceFirst("E(?=[0-9])", "e+")
          .replaceFirst("E", "e");
    }
    return new BigDecimal(Double.toString(value)).toPlainString();
  }
}
