package io.sockerless.agent.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as the agent's messages need it, for the agent is to run on a JDK alone: objects, arrays,
 * strings, whole numbers and booleans. What else JSON has is refused, and so is depth.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonText {

  private static final int MAX_DEPTH = 4;

  private final String text;
  private int index;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Parses an object.
   *
   * @return strings, longs, booleans, lists and maps by name
   * @throws ProtocolFault if it is none
   */
  static Map<String, Object> parse(String text) throws ProtocolFault {
    JsonText json = new JsonText(text);
    json.space();
    if (json.peek() != '{') {
      throw json.fault();
    }
    Map<String, Object> object = json.object(1);
    json.space();
    if (json.index < text.length()) {
      throw json.fault();
    }
    return object;
  }

  private Map<String, Object> object(int depth) throws ProtocolFault {
    Map<String, Object> members = new LinkedHashMap<>();
    index++;
    space();
    if (peek() == '}') {
      index++;
      return members;
    }
    while (true) {
      space();
      String name = string();
      space();
      expect(':');
      if (members.put(name, value(depth)) != null) {
        throw new ProtocolFault("member " + name + " is there twice");
      }
      space();
      if (peek() != ',') {
        expect('}');
        return members;
      }
      index++;
    }
  }

  private List<Object> array(int depth) throws ProtocolFault {
    List<Object> elements = new ArrayList<>();
    index++;
    space();
    if (peek() == ']') {
      index++;
      return elements;
    }
    while (true) {
      elements.add(value(depth));
      space();
      if (peek() != ',') {
        expect(']');
        return elements;
      }
      index++;
    }
  }

  private Object value(int depth) throws ProtocolFault {
    space();
    if (depth > MAX_DEPTH) {
      throw new ProtocolFault("the message is nested too deeply");
    }
    char first = peek();
    return switch (first) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Object word(String word, boolean meaning) throws ProtocolFault {
    if (!text.startsWith(word, index)) {
      throw fault();
    }
    index += word.length();
    return meaning;
  }

  private Long number() throws ProtocolFault {
    int start = index;
    if (peek() == '-') {
      index++;
    }
    while (index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9') {
      index++;
    }
    try {
      return Long.valueOf(text.substring(start, index));
    } catch (NumberFormatException e) {
      throw fault();
    }
  }

  private String string() throws ProtocolFault {
    expect('"');
    int end = plainEnd();
    if (end < text.length() && text.charAt(end) == '"') {
      String plain = text.substring(index, end);
      index = end + 1;
      return plain;
    }
    StringBuilder value = new StringBuilder();
    while (true) {
      end = plainEnd();
      value.append(text, index, end);
      index = end;
      if (peek() == '"') {
        index++;
        return value.toString();
      }
      expect('\\');
      value.append(escaped());
    }
  }

  /** Where the characters that stand for themselves end. */
  private int plainEnd() {
    int end = index;
    while (end < text.length()
        && text.charAt(end) != '"'
        && text.charAt(end) != '\\'
        && text.charAt(end) >= ' ') {
      end++;
    }
    return end;
  }

  private char escaped() throws ProtocolFault {
    char kind = peek();
    index++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw fault();
    };
  }

  private char unicode() throws ProtocolFault {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw fault();
      }
      code = code * 16 + digit;
      index++;
    }
    return (char) code;
  }

  private void space() {
    while (index < text.length() && " \t\r\n".indexOf(text.charAt(index)) >= 0) {
      index++;
    }
  }

  private char peek() throws ProtocolFault {
    if (index >= text.length()) {
      throw fault();
    }
    return text.charAt(index);
  }

  private void expect(char wanted) throws ProtocolFault {
    if (peek() != wanted) {
      throw fault();
    }
    index++;
  }

  private ProtocolFault fault() {
    return new ProtocolFault("malformed JSON at character " + index);
  }

  /** Writes what {@link #parse} reads. */
  static String write(Map<String, ?> object) {
    StringBuilder text = new StringBuilder();
    write(object, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder text) {
    switch (value) {
      case Map<?, ?> object -> {
        char separator = '{';
        for (Map.Entry<?, ?> member : object.entrySet()) {
          text.append(separator);
          quote(member.getKey().toString(), text);
          text.append(':');
          write(member.getValue(), text);
          separator = ',';
        }
        text.append(object.isEmpty() ? "{}" : "}");
      }
      case List<?> array -> {
        char separator = '[';
        for (Object element : array) {
          text.append(separator);
          write(element, text);
          separator = ',';
        }
        text.append(array.isEmpty() ? "[]" : "]");
      }
      case String string -> quote(string, text);
      default -> text.append(value);
    }
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
