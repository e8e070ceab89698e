package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.Dialect;
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
  private final Replacement replacement;
  private final Transformation transformation;

  ParameterExpansion(Context context, Expander expander) {
    this.context = context;
    this.expander = expander;
    this.replacement = new Replacement(context, expander);
    this.transformation = new Transformation(context, expander);
  }

  void add(Part.Parameter parameter, Fields fields) throws IOException {
    if (parameter.operator() == Operator.UNREADABLE) {
      throw new ExpansionException(
          context.dialect() == Dialect.BASH
              ? parameter.name() + ": bad substitution"
              : "syntax error: bad substitution");
    }
    Optional<String> referred = referred(parameter);
    if (referred.isPresent()) {
      Expander.addValue(referred.get(), parameter.quoted(), fields);
      return;
    }
    Part.Parameter meant = resolve(parameter);
    if (meant.operator() == Operator.NAMES) {
      addAll(context.names(meant.name()), meant, fields);
    } else if (meant.reference().isList()) {
      addList(meant, fields);
    } else {
      addSingle(meant, fields);
    }
  }

  /** The name that a reference has for its value, if that is what is asked for. */
  private Optional<String> referred(Part.Parameter parameter) {
    Part.Reference reference = parameter.reference();
    return reference.indirect()
            && reference.subscript().isEmpty()
            && parameter.operator() == Operator.NONE
        ? context.referred(reference.name())
        : Optional.empty();
  }

  /** The parameter that another one's value names, if that is asked for. */
  private Part.Parameter resolve(Part.Parameter parameter) throws IOException {
    Part.Reference reference = parameter.reference();
    boolean direct =
        !reference.indirect()
            || parameter.operator() == Operator.KEYS
            || parameter.operator() == Operator.NAMES;
    if (direct) {
      return parameter;
    }
    String name = context.parameter(path(reference)).orElse("");
    if (name.isEmpty()) {
      throw new ExpansionException(reference.name() + ": invalid indirect expansion");
    }
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    Part.Reference other =
        bracket < 0
            ? new Part.Reference(name, Optional.empty(), false)
            : new Part.Reference(
                name.substring(0, bracket),
                Optional.of(literal(name.substring(bracket + 1, name.length() - 1))),
                false);
    return new Part.Parameter(
        other,
        parameter.operator(),
        parameter.colon(),
        parameter.argument(),
        parameter.second(),
        parameter.quoted());
  }

  private static Word literal(String text) {
    return new Word(List.of(new Part.Literal(text, false)));
  }

  /** What the context calls a parameter: with the value of the subscript in brackets. */
  private String path(Part.Reference reference) throws IOException {
    return reference.subscript().isEmpty()
        ? reference.name()
        : reference.name()
            + "["
            + expander.subscript(reference.name(), reference.subscript().get())
            + "]";
  }

  private void addSingle(Part.Parameter parameter, Fields fields) throws IOException {
    String path = path(parameter.reference());
    Optional<String> value = context.parameter(path);
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
      boolean bash = context.dialect() == Dialect.BASH;
      boolean positional =
          bash && parameter.operator() == Operator.NONE && Character.isDigit(path.charAt(0));
      throw ExpansionException.ofUnset(
          (positional ? "$" : "") + path + (bash ? ": unbound variable" : ": parameter not set"));
    }
    String text =
        parameter.operator() == Operator.TRANSFORM
            ? transformation.single(parameter, value)
            : apply(parameter, value.orElse(""));
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
        context.assign(path(parameter.reference()), value);
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
    return ExpansionException.ofUnset(parameter.name() + ": " + message);
  }

  private List<String> values(Part.Parameter parameter) {
    if (parameter.reference().subscript().isEmpty()) {
      return context.positional();
    }
    return parameter.operator() == Operator.KEYS
        ? context.keys(parameter.name())
        : context.values(parameter.name());
  }

  private void addList(Part.Parameter parameter, Fields fields) throws IOException {
    List<String> values = values(parameter);
    Operator operator = parameter.operator();
    if (operator == Operator.LENGTH) {
      Expander.addValue(Integer.toString(values.size()), parameter.quoted(), fields);
      return;
    }
    if (operator.isConditional()) {
      boolean none = parameter.reference().subscript().isPresent() && values.isEmpty();
      boolean set = !none && (!parameter.colon() || !String.join("", values).isEmpty());
      if (!set || operator == Operator.ALTERNATIVE) {
        addConditional(parameter, set, fields);
        return;
      }
    } else if (operator == Operator.SUBSTRING || operator == Operator.SUBSTRING_WITH_LENGTH) {
      values =
          context.dialect() == Dialect.BASH
              ? slice(parameter, values)
              : List.of(apply(parameter, String.join(" ", values)));
    } else if (operator == Operator.TRANSFORM) {
      values = transformation.all(parameter, values);
    } else if (operator != Operator.KEYS) {
      List<String> changed = new ArrayList<>();
      for (String value : values) {
        changed.add(apply(parameter, value));
      }
      values = changed;
    }
    addAll(values, parameter, fields);
  }

  /** Some of many values; of positional parameters the one at 0 is the shell's name. */
  private List<String> slice(Part.Parameter parameter, List<String> all) throws IOException {
    long from = expander.calculate(parameter.argument());
    List<String> values = all;
    List<Long> keys = new ArrayList<>();
    if (parameter.reference().subscript().isEmpty()) {
      values = new ArrayList<>(all);
      values.addFirst(context.shellName());
    } else if (!context.isAssociative(parameter.name())) {
      context.keys(parameter.name()).forEach(key -> keys.add(Long.valueOf(key)));
    }
    long end = keys.isEmpty() ? values.size() : keys.getLast() + 1;
    from = from < 0 ? from + end : from;
    int first = 0;
    while (first < values.size() && (keys.isEmpty() ? first : keys.get(first)) < from) {
      first++;
    }
    long count = values.size();
    if (parameter.operator() == Operator.SUBSTRING_WITH_LENGTH) {
      count = expander.calculate(parameter.second());
      if (count < 0) {
        throw new ExpansionException(
            expander.text(parameter.second()) + ": substring expression < 0");
      }
    }
    return from < 0
        ? List.of()
        : values.subList(first, (int) Math.min(values.size(), first + count));
  }

  private static void addAll(List<String> values, Part.Parameter parameter, Fields fields) {
    boolean star = parameter.reference().isJoined();
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
      case REPLACE_FIRST, REPLACE_ALL -> replacement.replace(parameter, value);
      case UPPER_FIRST, UPPER_ALL, LOWER_FIRST, LOWER_ALL, TOGGLE_FIRST, TOGGLE_ALL ->
          LetterCase.change(value, parameter.operator(), expander.pattern(parameter.argument()));
      default -> value;
    };
  }

  private Pattern pattern(Part.Parameter parameter) throws IOException {
    return context.pattern(expander.pattern(parameter.argument()));
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
}
