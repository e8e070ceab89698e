package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Part.Operator;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The values of parameters, and what their operators make of them. */
final class ParameterExpansion {

  private final Context context;
  private final Expander expander;

  ParameterExpansion(Context context, Expander expander) {
    this.context = context;
    this.expander = expander;
  }

  void add(Part.Parameter parameter, Fields fields) throws IOException {
    if (parameter.name().equals("@") || parameter.name().equals("*")) {
      addPositional(parameter, fields);
    } else {
      addSingle(parameter, fields);
    }
  }

  private void addSingle(Part.Parameter parameter, Fields fields) throws IOException {
    Optional<String> value = context.parameter(parameter.name());
    if (parameter.operator().isConditional()) {
      boolean set = value.isPresent() && !(parameter.colon() && value.get().isEmpty());
      if (set && parameter.operator() != Operator.ALTERNATIVE) {
        Expander.addValue(value.get(), parameter.quoted(), fields);
      } else {
        addConditional(parameter, set, fields);
      }
      return;
    }
    if (value.isEmpty() && context.isStrict()) {
      throw new ExpansionException(parameter.name() + ": parameter not set");
    }
    String text = apply(parameter, value.orElse(""));
    Expander.addValue(text, parameter.quoted(), fields);
  }

  private void addConditional(Part.Parameter parameter, boolean set, Fields fields)
      throws IOException {
    switch (parameter.operator()) {
      case DEFAULT -> expander.addArgument(parameter.argument(), parameter.quoted(), fields);
      case ALTERNATIVE -> {
        if (set) {
          expander.addArgument(parameter.argument(), parameter.quoted(), fields);
        } else if (parameter.quoted()) {
          fields.quoted("");
        }
      }
      case ASSIGN -> {
        String value = expander.text(parameter.argument());
        context.assign(parameter.name(), value);
        Expander.addValue(value, parameter.quoted(), fields);
      }
      default -> throw notSet(parameter);
    }
  }

  private ExpansionException notSet(Part.Parameter parameter) throws IOException {
    String message = expander.text(parameter.argument());
    if (message.isEmpty()) {
      message = parameter.colon() ? "parameter not set or null" : "parameter not set";
    }
    return new ExpansionException(parameter.name() + ": " + message);
  }

  private void addPositional(Part.Parameter parameter, Fields fields) throws IOException {
    List<String> values = context.positional();
    if (parameter.operator() == Operator.LENGTH) {
      Expander.addValue(Integer.toString(values.size()), parameter.quoted(), fields);
      return;
    }
    if (parameter.operator().isConditional()) {
      boolean set = !parameter.colon() || !String.join("", values).isEmpty();
      if (!set || parameter.operator() == Operator.ALTERNATIVE) {
        addConditional(parameter, set, fields);
        return;
      }
    } else if (parameter.operator() == Operator.SUBSTRING
        || parameter.operator() == Operator.SUBSTRING_WITH_LENGTH) {
      values = List.of(apply(parameter, String.join(" ", values)));
    } else {
      List<String> changed = new ArrayList<>();
      for (String value : values) {
        changed.add(apply(parameter, value));
      }
      values = changed;
    }
    addAll(values, parameter, fields);
  }

  private static void addAll(List<String> values, Part.Parameter parameter, Fields fields) {
    boolean star = parameter.name().equals("*");
    if (star && parameter.quoted()) {
      fields.quoted(String.join(fields.joint(), values));
    } else if (!fields.isSplitting()) {
      String joined = String.join(star ? fields.joint() : " ", values);
      Expander.addValue(joined, parameter.quoted(), fields);
    } else {
      for (int i = 0; i < values.size(); i++) {
        if (i > 0) {
          fields.separateParameters();
        }
        Expander.addValue(values.get(i), parameter.quoted(), fields);
      }
    }
  }

  private String apply(Part.Parameter parameter, String value) throws IOException {
    return switch (parameter.operator()) {
      case LENGTH -> Integer.toString(length(value));
      case SHORTEST_PREFIX -> withoutPrefix(value, pattern(parameter).shortestPrefix(value));
      case LONGEST_PREFIX -> withoutPrefix(value, pattern(parameter).longestPrefix(value));
      case SHORTEST_SUFFIX -> withoutSuffix(value, pattern(parameter).shortestSuffix(value));
      case LONGEST_SUFFIX -> withoutSuffix(value, pattern(parameter).longestSuffix(value));
      case SUBSTRING, SUBSTRING_WITH_LENGTH -> substring(parameter, value);
      case REPLACE_FIRST, REPLACE_ALL -> replace(parameter, value);
      default -> value;
    };
  }

  private Pattern pattern(Part.Parameter parameter) throws IOException {
    return Pattern.of(expander.pattern(parameter.argument()));
  }

  /** In characters where the locale says that there are any, else in bytes, as ash counts. */
  private int length(String value) throws IOException {
    String locale = "";
    for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
      locale = locale.isEmpty() ? context.parameter(name).orElse("") : locale;
    }
    String upper = locale.toUpperCase(Locale.ROOT);
    return upper.endsWith("UTF-8") || upper.endsWith("UTF8")
        ? value.codePointCount(0, value.length())
        : Text.encode(value).length;
  }

  private static String withoutPrefix(String value, int length) {
    return length <= 0 ? value : value.substring(length);
  }

  private static String withoutSuffix(String value, int length) {
    return length <= 0 ? value : value.substring(0, value.length() - length);
  }

  private String substring(Part.Parameter parameter, String value) throws IOException {
    int size = value.codePointCount(0, value.length());
    long from = expander.calculate(parameter.argument());
    from = from < 0 ? Math.max(0, from + size) : Math.min(from, size);
    long to = size;
    if (parameter.operator() == Operator.SUBSTRING_WITH_LENGTH) {
      long length = expander.calculate(parameter.second());
      to = length < 0 ? size + length : Math.min(size, from + Math.min(length, size));
    }
    if (to <= from) {
      return "";
    }
    int start = value.offsetByCodePoints(0, (int) from);
    return value.substring(start, value.offsetByCodePoints(start, (int) (to - from)));
  }

  private String replace(Part.Parameter parameter, String value) throws IOException {
    String written = expander.pattern(parameter.argument());
    Word replacement = parameter.second();
    String text = expander.text(replacement);
    if (written.isEmpty()) {
      return value;
    }
    boolean atStart = written.startsWith("#") && parameter.operator() == Operator.REPLACE_FIRST;
    boolean atEnd = written.startsWith("%") && parameter.operator() == Operator.REPLACE_FIRST;
    Pattern pattern = Pattern.of(atStart || atEnd ? written.substring(1) : written);
    if (atStart) {
      int length = pattern.longestPrefix(value);
      return length < 0 ? value : text + value.substring(length);
    }
    if (atEnd) {
      int length = pattern.longestSuffix(value);
      return length < 0 ? value : value.substring(0, value.length() - length) + text;
    }
    return replace(value, pattern, text, parameter.operator() == Operator.REPLACE_ALL);
  }

  private String replace(String value, Pattern pattern, String text, boolean all) {
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < value.length()) {
      context.task().checkpoint();
      int length = pattern.longestPrefix(value.substring(at));
      if (length > 0) {
        replaced.append(text);
        at += length;
        if (!all) {
          break;
        }
      } else {
        int size = Character.charCount(value.codePointAt(at));
        replaced.append(value, at, at + size);
        at += size;
      }
    }
    return replaced.append(value.substring(at)).toString();
  }
}
