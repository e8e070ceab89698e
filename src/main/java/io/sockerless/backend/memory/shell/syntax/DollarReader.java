package io.sockerless.backend.memory.shell.syntax;

import io.sockerless.backend.memory.shell.syntax.Part.Operator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads what begins with a dollar: parameters, substitutions, arithmetic. */
final class DollarReader {

  private static final String SPECIAL = "@*#?-$!";

  private final Characters characters;
  private final WordReader words;
  private final SubstitutionParser parser;
  private final Dialect dialect;

  DollarReader(
      Characters characters, WordReader words, SubstitutionParser parser, Dialect dialect) {
    this.dialect = dialect;
    this.characters = characters;
    this.words = words;
    this.parser = parser;
  }

  SubstitutionParser parser() {
    return parser;
  }

  /** Takes what follows a dollar. */
  void dollar(PartCollector parts, boolean quoted) throws IOException {
    int c = characters.peek();
    if (c == '{') {
      characters.raw();
      parts.add(braced(quoted));
    } else if (c == '(') {
      characters.raw();
      parts.add(parenthesis(quoted));
    } else if (c == '[' && dialect == Dialect.BASH) {
      characters.raw();
      parts.add(new Part.Calculation(words.bracketedExpression(), quoted));
    } else if (c == '\'' && !quoted) {
      characters.raw();
      ansiQuoted(parts);
    } else if (c == '"' && !quoted && dialect == Dialect.BASH) {
      // A text to be translated: there are no translations, and the quote comes next.
      return;
    } else if (isNameStart(c)) {
      parts.add(simple(name(), quoted));
    } else if (isDigit(c) || SPECIAL.indexOf(c) >= 0) {
      parts.add(simple(String.valueOf((char) characters.raw()), quoted));
    } else {
      parts.add('$', quoted);
    }
  }

  private static Part simple(String name, boolean quoted) {
    Part.Reference reference = new Part.Reference(name, Optional.empty(), false);
    return parameter(reference, Operator.NONE, false, Word.EMPTY, quoted);
  }

  private static Part parameter(
      Part.Reference name, Operator operator, boolean colon, Word argument, boolean quoted) {
    return new Part.Parameter(name, operator, colon, argument, Word.EMPTY, quoted);
  }

  private Part parenthesis(boolean quoted) throws IOException {
    if (characters.peek() == '(') {
      int start = characters.position();
      characters.raw();
      try {
        return new Part.Calculation(words.expression(), quoted);
      } catch (WordReader.NotArithmeticException e) {
        characters.rewind(start);
      }
    }
    return new Part.Substitution(parser.substitution(), quoted);
  }

  /** Takes what follows a backquote, and the one that closes it. */
  void backquoted(PartCollector parts, boolean quoted) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = characters.next(); c != '`'; c = characters.next()) {
      words.requireMore(c);
      int next = characters.lookahead(0);
      boolean escapes =
          c == '\\' && (next == '$' || next == '`' || next == '\\' || (quoted && next == '"'));
      text.append((char) (escapes ? characters.raw() : c));
    }
    parts.add(new Part.Substitution(parser.text(text.toString()), quoted));
  }

  /**
   * What nobody can read is an error only once it is expanded: other shells' words may be there.
   */
  private Part braced(boolean quoted) throws IOException {
    int start = characters.position();
    try {
      return readable(quoted);
    } catch (BadSubstitutionException e) {
      characters.rewind(start);
      Part.Reference text = new Part.Reference(toClosingBrace(), Optional.empty(), false);
      return parameter(text, Operator.UNREADABLE, false, Word.EMPTY, quoted);
    }
  }

  /** What stands in braces, the closing one being taken. */
  private String toClosingBrace() throws IOException {
    StringBuilder text = new StringBuilder("${");
    boolean singleQuoted = false;
    for (int depth = 1; depth > 0; ) {
      int c = characters.raw();
      words.requireMore(c);
      text.append((char) c);
      if (c == '\\' && !singleQuoted) {
        text.append((char) characters.raw());
      } else if (c == '\'') {
        singleQuoted = !singleQuoted;
      } else if (!singleQuoted) {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
    }
    return text.toString();
  }

  private Part readable(boolean quoted) throws IOException {
    if (characters.peek() == '#' && isLength()) {
      characters.raw();
      Part.Reference name = reference(false);
      expect('}');
      return parameter(name, Operator.LENGTH, false, Word.EMPTY, quoted);
    }
    Part part = isIndirect() ? indirect(quoted) : operator(reference(false), quoted);
    expect('}');
    return part;
  }

  /** Whether the exclamation mark that comes asks for a name and is no parameter itself. */
  private boolean isIndirect() throws IOException {
    int next = characters.lookahead(1);
    return dialect == Dialect.BASH
        && characters.peek() == '!'
        && (isNameStart(next) || isDigit(next) || (next == '#' && characters.lookahead(2) == '}'));
  }

  private Part indirect(boolean quoted) throws IOException {
    characters.raw();
    Part.Reference name = reference(true);
    int c = characters.peek();
    boolean last = characters.lookahead(1) == '}';
    if (name.isList() && c == '}') {
      return parameter(name, Operator.KEYS, false, Word.EMPTY, quoted);
    }
    if (last && (c == '*' || c == '@')) {
      Word all = new Word(List.of(new Part.Literal(Character.toString(characters.raw()), false)));
      Part.Reference prefix = new Part.Reference(name.name(), Optional.of(all), true);
      return parameter(prefix, Operator.NAMES, false, Word.EMPTY, quoted);
    }
    return operator(name, quoted);
  }

  /** A parameter's name, and in bash a subscript. */
  private Part.Reference reference(boolean indirect) throws IOException {
    String name = parameterName();
    boolean subscripted =
        dialect == Dialect.BASH && isNameStart(name.charAt(0)) && characters.accept('[');
    Optional<Word> subscript =
        subscripted ? Optional.of(words.argument(false, "]")) : Optional.empty();
    if (subscripted) {
      expect(']');
    }
    return new Part.Reference(name, subscript, indirect);
  }

  /** Whether the number sign that comes asks for a length and is no parameter itself. */
  private boolean isLength() {
    int next = characters.lookahead(1);
    if (isNameStart(next) || isDigit(next)) {
      return true;
    }
    return next != Characters.END && SPECIAL.indexOf(next) >= 0 && characters.lookahead(2) == '}';
  }

  private Part operator(Part.Reference name, boolean quoted) throws IOException {
    if (characters.peek() == '}') {
      return parameter(name, Operator.NONE, false, Word.EMPTY, quoted);
    }
    boolean colon = characters.accept(':');
    Operator conditional = conditional(characters.peek());
    if (conditional != Operator.NONE) {
      characters.raw();
      return parameter(name, conditional, colon, words.argument(quoted, ""), quoted);
    }
    if (colon) {
      return substring(name, quoted);
    }
    return switch (characters.next()) {
      case '#' -> cut(name, '#', Operator.SHORTEST_PREFIX, Operator.LONGEST_PREFIX, quoted);
      case '%' -> cut(name, '%', Operator.SHORTEST_SUFFIX, Operator.LONGEST_SUFFIX, quoted);
      case '/' -> replacement(name, quoted);
      case '^' -> cased(name, '^', Operator.UPPER_FIRST, Operator.UPPER_ALL, quoted);
      case '~' -> cased(name, '~', Operator.TOGGLE_FIRST, Operator.TOGGLE_ALL, quoted);
      case ',' -> cased(name, ',', Operator.LOWER_FIRST, Operator.LOWER_ALL, quoted);
      case '@' -> cased(name, '@', Operator.TRANSFORM, Operator.TRANSFORM, quoted);
      default -> throw badSubstitution();
    };
  }

  private Part cased(Part.Reference name, char sign, Operator one, Operator all, boolean quoted)
      throws IOException {
    if (dialect != Dialect.BASH) {
      throw badSubstitution();
    }
    return cut(name, sign, one, all, quoted);
  }

  private static Operator conditional(int c) {
    return switch (c) {
      case '-' -> Operator.DEFAULT;
      case '=' -> Operator.ASSIGN;
      case '?' -> Operator.ERROR;
      case '+' -> Operator.ALTERNATIVE;
      default -> Operator.NONE;
    };
  }

  private Part cut(
      Part.Reference name, char sign, Operator shortest, Operator longest, boolean quoted)
      throws IOException {
    Operator operator = characters.accept(sign) ? longest : shortest;
    return parameter(name, operator, false, words.argument(false, ""), quoted);
  }

  private Part substring(Part.Reference name, boolean quoted) throws IOException {
    Word offset = words.argument(quoted, ":");
    if (!characters.accept(':')) {
      return parameter(name, Operator.SUBSTRING, false, offset, quoted);
    }
    Word length = words.argument(quoted, "");
    return new Part.Parameter(name, Operator.SUBSTRING_WITH_LENGTH, false, offset, length, quoted);
  }

  private Part replacement(Part.Reference name, boolean quoted) throws IOException {
    Operator operator = characters.accept('/') ? Operator.REPLACE_ALL : Operator.REPLACE_FIRST;
    Word pattern = words.argument(false, "/");
    Word text = characters.accept('/') ? words.argument(false, "") : Word.EMPTY;
    return new Part.Parameter(name, operator, false, pattern, text, quoted);
  }

  private String parameterName() throws IOException {
    int c = characters.peek();
    if (isNameStart(c)) {
      return name();
    }
    if (isDigit(c)) {
      StringBuilder digits = new StringBuilder();
      while (isDigit(characters.peek())) {
        digits.append((char) characters.raw());
      }
      return digits.toString();
    }
    if (c == Characters.END || SPECIAL.indexOf(c) < 0) {
      throw badSubstitution();
    }
    return String.valueOf((char) characters.raw());
  }

  private String name() throws IOException {
    StringBuilder name = new StringBuilder();
    while (isNameStart(characters.peek()) || isDigit(characters.peek())) {
      name.append((char) characters.raw());
    }
    return name.toString();
  }

  private void expect(char c) throws IOException {
    if (!characters.accept(c)) {
      throw badSubstitution();
    }
  }

  private BadSubstitutionException badSubstitution() {
    return new BadSubstitutionException(characters.line());
  }

  private void ansiQuoted(PartCollector parts) throws IOException {
    parts.add(new Part.Literal("", true));
    StringBuilder text = new StringBuilder();
    for (int c = characters.raw(); c != '\''; c = characters.raw()) {
      words.requireMore(c);
      text.append((char) c);
      if (c == '\\') {
        int next = characters.raw();
        words.requireMore(next);
        text.append((char) next);
      }
    }
    String decoded = Escapes.ansi(text.toString());
    decoded.chars().forEach(c -> parts.add(c, true));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isNameStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
