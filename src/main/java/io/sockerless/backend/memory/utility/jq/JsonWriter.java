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
 * @param colored whether a terminal shows kinds of values in colours
 */
record JsonWriter(Optional<String> indent, boolean sorted, boolean ascii, boolean colored) {

  private static final String RESET = "\033[0m";
  private static final String STRUCTURE = "\033[1;39m";

  String write(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node, 0);
    return out.toString();
  }

  private void write(StringBuilder out, JsonNode node, int level) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(out, node, level);
      case ARRAY -> writeArray(out, node, level);
      case STRING -> {
        color(out, "\033[0;32m");
        writeText(out, node.textValue());
        color(out, RESET);
      }
      case NUMBER -> writeWord(out, "\033[0;39m", number(node));
      case BOOLEAN -> writeWord(out, "\033[0;39m", Boolean.toString(node.booleanValue()));
      case NULL, MISSING, BINARY, POJO -> writeWord(out, "\033[1;30m", "null");
    }
  }

  private void writeWord(StringBuilder out, String color, String word) {
    color(out, color);
    out.append(word);
    color(out, RESET);
  }

  private void color(StringBuilder out, String sequence) {
    out.append(colored ? sequence : "");
  }

  private void writeObject(StringBuilder out, JsonNode node, int level) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(node.properties());
    if (sorted) {
      entries.sort(Map.Entry.comparingByKey());
    }
    color(out, STRUCTURE);
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, JsonNode> entry : entries) {
      if (!first) {
        color(out, STRUCTURE);
        out.append(',');
      }
      first = false;
      newLine(out, level + 1);
      color(out, RESET + "\033[34;1m");
      writeText(out, entry.getKey());
      color(out, RESET + STRUCTURE);
      out.append(indent.isPresent() ? ": " : ":");
      color(out, RESET);
      write(out, entry.getValue(), level + 1);
    }
    close(out, first, level, '}');
  }

  private void writeArray(StringBuilder out, JsonNode node, int level) {
    color(out, STRUCTURE);
    out.append('[');
    boolean first = true;
    for (JsonNode element : node) {
      if (!first) {
        color(out, STRUCTURE);
        out.append(',');
      }
      first = false;
      newLine(out, level + 1);
      write(out, element, level + 1);
    }
    close(out, first, level, ']');
  }

  private void close(StringBuilder out, boolean empty, int level, char bracket) {
    if (!empty) {
      color(out, STRUCTURE);
      newLine(out, level);
      color(out, STRUCTURE);
    }
    out.append(bracket);
    color(out, RESET);
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
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e17)) {
      return Double.toString(value)
          .replaceFirst("\\.0E", "E")
          .replaceFirst("E(?=[0-9])", "E+")
          .replaceFirst("E([+-])([0-9])$", "E$10$2")
          .replaceFirst("E", "e");
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
