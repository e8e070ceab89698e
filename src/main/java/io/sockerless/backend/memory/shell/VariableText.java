package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.Variable.Attribute;
import io.sockerless.backend.memory.shell.expand.Words;
import java.util.ArrayList;
import java.util.List;

/** Variables as bash writes them to be read again. */
public final class VariableText {

  private VariableText() {}

  /** The declaration that makes a variable what it is. */
  public static String declaration(String name, Variable variable) {
    String letters = letters(variable);
    StringBuilder text = new StringBuilder("declare -");
    text.append(letters.isEmpty() ? "-" : letters).append(' ').append(name);
    if (variable.array().isPresent()) {
      String end = variable.isAssociative() && !variable.keys().isEmpty() ? " )" : ")";
      return text.append("=(").append(elements(variable)).append(end).toString();
    }
    variable.text().ifPresent(value -> text.append('=').append(Words.doubleQuote(value)));
    return text.toString();
  }

  private static String elements(Variable variable) {
    List<String> elements = new ArrayList<>();
    for (String key : variable.keys()) {
      String value = Words.doubleQuote(variable.element(key).orElse(""));
      elements.add("[" + key(key) + "]=" + value);
    }
    return String.join(" ", elements);
  }

  /** A subscript, quoted if it needs that. */
  private static String key(String key) {
    return key.matches("[^\\s'\"\\\\|&;()<>!{}*\\[\\]?^$`~#]+") ? key : Words.doubleQuote(key);
  }

  /** All subscripts of an array with their values; after those of texts there is a blank. */
  static String pairs(Variable variable) {
    List<String> pairs = new ArrayList<>();
    for (String key : variable.keys()) {
      pairs.add(key(key) + " " + Words.doubleQuote(variable.element(key).orElse("")));
    }
    return String.join(" ", pairs) + (variable.isAssociative() && !pairs.isEmpty() ? " " : "");
  }

  /** The options of {@code declare} that make it what it is. */
  static String letters(Variable variable) {
    boolean array = variable.array().isPresent();
    StringBuilder text = new StringBuilder(variable.isAssociative() ? "A" : array ? "a" : "");
    for (Attribute attribute :
        List.of(
            Attribute.INTEGER,
            Attribute.REFERENCE,
            Attribute.READ_ONLY,
            Attribute.EXPORTED,
            Attribute.LOWER,
            Attribute.UPPER)) {
      text.append(variable.attributes().contains(attribute) ? attribute.letter() : "");
    }
    return text.toString();
  }
}
