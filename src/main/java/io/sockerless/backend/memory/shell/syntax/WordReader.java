package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads words: quotes, and with {@link DollarReader} what a dollar or a backquote begins. */
final class WordReader {

  /** What a backslash takes the meaning from in regular expressions; before others it goes. */
  private static final String SPECIAL = ".[\\()*+?{|^$]}";

  private final Characters characters;
  private BooleanSupplier bracesExpand = () -> true;
  private final DollarReader dollars;
  private final Dialect dialect;
  private boolean behindWord;

  WordReader(Characters characters, SubstitutionParser parser, Dialect dialect) {
    this.characters = characters;
    this.dollars = new DollarReader(characters, this, parser, dialect);
    this.dialect = dialect;
  }

  /** The shell that it reads for. */
  Dialect dialect() {
    return dialect;
  }

  /** Whether a command in parentheses begins here that is to be a file. */
  boolean startsProcess(int c) {
    return dialect == Dialect.BASH && (c == '<' || c == '>') && characters.lookahead(1) == '(';
  }

  private boolean startsGroup(int c) {
    return dialect == Dialect.BASH
        && c != Characters.END
        && "?*+@!".indexOf(c) >= 0
        && characters.lookahead(1) == '(';
  }

  /** Whether a character ends a word. */
  static boolean isMeta(int c) {
    return switch (c) {
      case ' ', '\t', '\n', '|', '&', ';', '<', '>', '(', ')', Characters.END -> true;
      default -> false;
    };
  }

  /** Says whether a word came before, so that a mark before parentheses does not negate. */
  void setBehindWord(boolean behindWord) {
    this.behindWord = behindWord;
  }

  /**
   * The word that begins here.
   *
   * @param expression whether it is a regular expression, which parentheses and bars belong to, and
   *     in which a backslash is the expression's own
   */
  Word word(boolean expression) throws IOException {
    return rest(new PartCollector(), expression);
  }

  private Word rest(PartCollector parts, boolean expression) throws IOException {
    int depth = 0;
    while (true) {
      int c = characters.peek();
      if (expression && (c == '(' || c == ')' || c == '|')) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        parts.add(characters.raw(), false);
      } else if (expression && characters.accept('\\')) {
        if (SPECIAL.indexOf(characters.peek()) >= 0) {
          parts.add('\\', false);
        }
        parts.add(characters.raw(), false);
      } else if (startsProcess(c)) {
        process(parts);
      } else if (startsGroup(c) && (c != '!' || behindWord || !parts.isEmpty())) {
        group(parts);
      } else if (c == '(' && parts.isAssignment() && dialect == Dialect.BASH) {
        parts.add(arrayList());
      } else if (isMeta(c) && (depth <= 0 || c == Characters.END)) {
        return parts.word();
      } else {
        unquoted(parts);
      }
    }
  }

  /** A group of a pattern, up to the parenthesis that closes it, whatever is in it. */
  private void group(PartCollector parts) throws IOException {
    parts.add(characters.raw(), false);
    int depth = 0;
    do {
      int c = characters.peek();
      requireMore(c);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      unquoted(parts);
    } while (depth > 0);
  }

  private void process(PartCollector parts) throws IOException {
    boolean read = characters.raw() == '<';
    characters.raw();
    parts.add(new Part.CommandFile(dollars.parser().substitution(), read));
  }

  /** The values of an array, up to the parenthesis that closes them, which is taken. */
  private Part arrayList() throws IOException {
    characters.raw();
    behindWord = true;
    List<Command.Assignment> elements = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    while (true) {
      int c = characters.peek();
      if (characters.accept(')')) {
        return new Part.ArrayLiteral(elements, String.join(" ", texts));
      }
      if (c == '#') {
        characters.skipLine();
      } else if (c == ' ' || c == '\t' || c == '\n') {
        characters.raw();
      } else if (isMeta(c) && !startsProcess(c)) {
        requireMore(c);
        throw new SyntaxException(characters.line(), "unexpected \"" + (char) c + "\"");
      } else {
        int start = characters.position();
        for (Word word : braces(element())) {
          elements.add(AssignmentReader.element(word));
        }
        texts.add(characters.since(start));
      }
    }
  }

  /** An array's value, before which a subscript may stand that blanks may be in. */
  private Word element() throws IOException {
    if (characters.peek() != '[') {
      return word(false);
    }
    PartCollector parts = new PartCollector();
    for (int c = characters.peek(); c != ']'; c = characters.peek()) {
      requireMore(c);
      unquoted(parts);
    }
    return rest(parts, false);
  }

  /** Says whether braces stand for several words. */
  void expandBracesIf(BooleanSupplier wished) {
    bracesExpand = wished;
  }

  /** The words that a word with braces stands for. */
  List<Word> braces(Word word) throws SyntaxException {
    if (dialect != Dialect.BASH || !bracesExpand.getAsBoolean()) {
      return List.of(word);
    }
    try {
      return Braces.expand(word);
    } catch (Braces.TooManyWordsException e) {
      throw new SyntaxException(characters.line(), "braces stand for too many words");
    }
  }

  /** Takes what begins here outside of quotes. */
  private void unquoted(PartCollector parts) throws IOException {
    int c = characters.next();
    switch (c) {
      case '\\' -> escaped(parts);
      case '\'' -> singleQuoted(parts);
      case '"' -> doubleQuoted(parts);
      case '$' -> dollars.dollar(parts, false);
      case '`' -> dollars.backquoted(parts, false);
      default -> parts.add(c, false);
    }
  }

  private void escaped(PartCollector parts) throws IOException {
    int c = characters.raw();
    parts.add(c == Characters.END ? '\\' : c, true);
  }

  private void singleQuoted(PartCollector parts) throws IOException {
    boolean any = false;
    for (int c = characters.raw(); c != '\''; c = characters.raw()) {
      requireMore(c);
      parts.add(c, true);
      any = true;
    }
    if (!any) {
      parts.add(new Part.Literal("", true));
    }
  }

  private void doubleQuoted(PartCollector parts) throws IOException {
    boolean any = false;
    while (!characters.accept('"')) {
      requireMore(characters.peek());
      quoted(parts, "\"");
      any = true;
    }
    if (!any) {
      parts.add(new Part.Literal("", true));
    }
  }

  /** Takes what begins here within double quotes; a backslash escapes the given ones as well. */
  private void quoted(PartCollector parts, String escapable) throws IOException {
    int c = characters.next();
    switch (c) {
      case '\\' -> {
        int next = characters.lookahead(0);
        boolean escapes =
            next == '$' || next == '`' || next == '\\' || escapable.indexOf(next) >= 0;
        parts.add(escapes ? characters.raw() : '\\', true);
      }
      case '$' -> dollars.dollar(parts, true);
      case '`' -> dollars.backquoted(parts, true);
      default -> parts.add(c, true);
    }
  }

  /** A here-document's text, as it is between double quotes that are characters themselves. */
  Word document(String text) throws IOException {
    Characters all = new Characters(LineSource.of(text));
    all.setLine(characters.line());
    return new WordReader(all, dollars.parser().over(all), dialect).toEnd();
  }

  /** All that is left, with expansions and without quotes. */
  Word toEnd() throws IOException {
    PartCollector parts = new PartCollector();
    while (characters.peek() != Characters.END) {
      quoted(parts, "");
    }
    return parts.word();
  }

  /**
   * The argument of a parameter's operator, up to the brace that closes it or one of other
   * characters; that is left.
   *
   * @param inQuotes whether all of it stands in double quotes, where single ones are characters
   */
  Word argument(boolean inQuotes, String terminators) throws IOException {
    PartCollector parts = new PartCollector();
    while (true) {
      int c = characters.peek();
      requireMore(c);
      if (c == '}' || terminators.indexOf(c) >= 0) {
        return parts.word();
      }
      if (!inQuotes) {
        unquoted(parts);
      } else if (characters.accept('"')) {
        doubleQuoted(parts);
      } else {
        quoted(parts, "\"}");
      }
    }
  }

  /** An arithmetic expression up to the parentheses that close it, which are taken. */
  Word expression() throws IOException {
    PartCollector parts = new PartCollector();
    int depth = 0;
    while (true) {
      int c = characters.peek();
      requireMore(c);
      if (c == ')' && depth == 0) {
        characters.raw();
        if (!characters.accept(')')) {
          throw new NotArithmeticException();
        }
        return parts.word();
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (!characters.accept('"')) {
        quoted(parts, "\"");
      }
    }
  }

  /** The same up to a bracket, as bash once had it. */
  Word bracketedExpression() throws IOException {
    PartCollector parts = new PartCollector();
    int depth = 0;
    while (depth > 0 || !characters.accept(']')) {
      int c = characters.peek();
      requireMore(c);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      quoted(parts, "\"");
    }
    return parts.word();
  }

  void requireMore(int c) throws IOException {
    if (c == Characters.END) {
      throw new SyntaxException(characters.line(), "unterminated quoted string");
    }
  }

  /** Two parentheses turned out not to enclose an expression: they are subshells. */
  static final class NotArithmeticException extends IOException {
    private static final long serialVersionUID = 1L;

    NotArithmeticException() {
      super("no arithmetic expression");
    }
  }
}
