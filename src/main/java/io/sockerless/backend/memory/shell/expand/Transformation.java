package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Part.Operator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a letter after an at sign makes of a parameter: its value written anew, or what a variable
 * is.
 *
 * @see <a
 *     href="https://www.gnu.org/software/bash/manual/html_node/Shell-Parameter-Expansion.html">Shell
 *     Parameter Expansion</a>
 */
record Transformation(Context context, Expander expander) {

  /** Of one value, which the parameter may not have. */
  String single(Part.Parameter parameter, Optional<String> value) throws IOException {
    String name = parameter.name();
    String letter = letter(parameter);
    return switch (letter) {
      case "a" -> context.attributes(name);
      case "A" -> assignment(name, value);
      default -> value.isPresent() ? value(letter, value.get()) : "";
    };
  }

  private String assignment(String name, Optional<String> value) {
    String letters = context.attributes(name);
    if (letters.isEmpty()) {
      return value.map(text -> name + "=" + Words.quote(text)).orElse("");
    }
    return "declare -" + letters + " " + name + value.map(it -> "=" + Words.quote(it)).orElse("");
  }

  /** Of all values of an array, or of all positional parameters. */
  List<String> all(Part.Parameter parameter, List<String> values) throws IOException {
    boolean positional = parameter.reference().subscript().isEmpty();
    String name = parameter.name();
    String letter = letter(parameter);
    if (letter.equals("A")) {
      return positional ? parameters(values) : List.of(context.declaration(name));
    }
    if (!positional && letter.equals("K")) {
      return List.of(context.pairs(name));
    }
    if (!positional && letter.equals("k")) {
      return pairs(context.keys(name), values);
    }
    List<String> changed = new ArrayList<>();
    for (String value : values) {
      changed.add(
          letter.equals("a") ? (positional ? "" : context.attributes(name)) : value(letter, value));
    }
    return changed;
  }

  private static List<String> parameters(List<String> values) {
    return values.isEmpty()
        ? List.of()
        : List.of("set -- " + String.join(" ", values.stream().map(Words::quote).toList()));
  }

  private static List<String> pairs(List<String> keys, List<String> values) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      pairs.add(keys.get(i));
      pairs.add(values.get(i));
    }
    return pairs;
  }

  private String letter(Part.Parameter parameter) throws IOException {
    return expander.text(parameter.argument());
  }

  private String value(String letter, String value) throws IOException {
    return switch (letter) {
      case "Q", "K", "k" -> Words.quote(value);
      case "U" -> value.toUpperCase(Locale.ROOT);
      case "u" -> LetterCase.change(value, Operator.UPPER_FIRST, "");
      case "L" -> value.toLowerCase(Locale.ROOT);
      case "E" -> Words.unescape(value);
      case "P" -> expander.document(Parser.prompt(context.promptEscapes(value), context.dialect()));
      default -> throw new ExpansionException("bad substitution");
    };
  }
}
