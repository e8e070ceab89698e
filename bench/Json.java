import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what servers answer: objects as maps, arrays as lists, numbers and literals as text. */
final class Json {

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Map<String, Object> object(String text) {
    return members(new Json(text).value());
  }

  static List<Object> array(String text) {
    return elements(new Json(text).value());
  }

  /** What is there under a name, nothing if it is {@code null} or absent. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> members(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  static List<Object> elements(Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }

  static String string(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> literal();
    };
  }

  private char peek() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  /** Whether one more follows, past the comma before it, else past the end. */
  private boolean more(char end) {
    char next = peek();
    if (next == ',' || next == end) {
      at++;
    }
    return next != end;
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (more('}')) {
      peek();
      String name = string();
      peek();
      at++;
      object.put(name, value());
    }
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    at++;
    while (more(']')) {
      array.add(value());
    }
    return array;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        string.append(c);
        continue;
      }
      char escaped = text.charAt(++at);
      switch (escaped) {
        case 'n' -> string.append('\n');
        case 't' -> string.append('\t');
        case 'r' -> string.append('\r');
        case 'u' -> {
          string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        }
        default -> string.append(escaped);
      }
    }
    at++;
    return string.toString();
  }

  private String literal() {
    int start = at;
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String literal = text.substring(start, at).strip();
    return literal.equals("null") ? null : literal;
  }
}
