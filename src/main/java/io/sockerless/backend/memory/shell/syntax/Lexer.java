package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Cuts a script into tokens, only as far as it is asked for. */
final class Lexer {

  private static final Set<String> OPERATORS =
      Set.of(
          "&&", "||", ";;", ";&", "<<", ">>", "<&", ">&", "<>", "<<-", "<<<", ">|", "&>", "|", "&",
          ";", "<", ">", "(", ")");
  private static final Set<String> MORE_OPERATORS = Set.of("&>>", "|&", ";;&");

  /** A variable in braces before a redirection, which gets a descriptor's number. */
  private static final Pattern DESCRIPTOR =
      Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_]*(\\[[^]]*])?}");

  private final Characters characters;
  private final WordReader words;
  private final List<HereDocument> pending = new ArrayList<>();
  private Set<String> aliases = Set.of();

  /** Whether a pattern may follow, newlines apart. */
  private boolean patterns;

  Lexer(Characters characters, WordReader words) {
    this.characters = characters;
    this.words = words;
  }

  Characters characters() {
    return characters;
  }

  /** A document whose text follows after this line. */
  void expect(HereDocument document) {
    pending.add(document);
  }

  /** Forgets documents that were expected, after an error. */
  void reset() {
    pending.clear();
  }

  /** The aliases whose text the last token began in. */
  Set<String> activeAliases() {
    return aliases;
  }

  Token next() throws IOException {
    Token token = read();
    boolean newline = token.kind() == Token.Kind.NEWLINE;
    patterns = newline ? patterns : token.precedesPatterns();
    words.setBehindWord(token.precedesWord() || (newline && patterns));
    return token;
  }

  private Token read() throws IOException {
    skipBlanks();
    int start = characters.position();
    int c = characters.peek();
    aliases = characters.activeAliases();
    if (c == Characters.END) {
      completeDocuments();
      return new Token(Token.Kind.END, "", Word.EMPTY, start);
    }
    if (c == '\n') {
      characters.raw();
      completeDocuments();
      return new Token(Token.Kind.NEWLINE, "\n", Word.EMPTY, start);
    }
    if (WordReader.isMeta(c) && !words.startsProcess(c)) {
      return new Token(Token.Kind.OPERATOR, operator(), Word.EMPTY, start);
    }
    return word(start, words.word(false));
  }

  /** A word in which parentheses and bars are characters: a regular expression. */
  Token regularExpression() throws IOException {
    skipBlanks();
    return word(characters.position(), words.word(true));
  }

  private Token word(int start, Word word) throws IOException {
    String text = word.plain();
    int c = characters.peek();
    if ((c == '<' || c == '>') && !text.isEmpty() && text.length() < 5 && isNumber(text)) {
      return new Token(Token.Kind.NUMBER, text, word, start);
    }
    if ((c == '<' || c == '>') && isBash() && DESCRIPTOR.matcher(text).matches()) {
      return new Token(Token.Kind.NUMBER, text, word, start);
    }
    return new Token(Token.Kind.WORD, text, word, start);
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void skipBlanks() throws IOException {
    while (true) {
      int c = characters.peek();
      if (c == '#') {
        characters.skipLine();
      } else if (c == ' ' || c == '\t') {
        characters.raw();
      } else {
        return;
      }
    }
  }

  private String operator() throws IOException {
    StringBuilder operator = new StringBuilder();
    operator.append((char) characters.next());
    while (true) {
      int c = characters.peek();
      if (c == Characters.END || !isOperator(operator.toString() + (char) c)) {
        return operator.toString();
      }
      operator.append((char) characters.next());
    }
  }

  private boolean isOperator(String text) {
    return OPERATORS.contains(text) || (isBash() && MORE_OPERATORS.contains(text));
  }

  private boolean isBash() {
    return words.dialect() == Dialect.BASH;
  }

  private void completeDocuments() throws IOException {
    List<HereDocument> documents = List.copyOf(pending);
    pending.clear();
    for (HereDocument document : documents) {
      String text = documentText(document);
      document.complete(
          document.isQuoted()
              ? new Word(List.of(new Part.Literal(text, true)))
              : words.document(text));
    }
  }

  private String documentText(HereDocument document) throws IOException {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder();
    boolean continued = false;
    while (true) {
      int c = characters.raw();
      if (c == '\t' && line.isEmpty() && !continued && document.stripsTabs()) {
        continue;
      }
      boolean atEnd = c == '\n' || c == Characters.END;
      if (atEnd && !continued && line.toString().equals(document.delimiter())) {
        return text.toString();
      }
      if (c == Characters.END) {
        return text.append(line).toString();
      }
      line.append((char) c);
      if (c == '\n') {
        continued = !document.isQuoted() && endsInBackslash(line);
        text.append(line);
        line.setLength(0);
      }
    }
  }

  /** Whether a line goes on in the next, for an odd number of backslashes before its newline. */
  private static boolean endsInBackslash(CharSequence line) {
    int count = 0;
    while (count < line.length() - 1 && line.charAt(line.length() - 2 - count) == '\\') {
      count++;
    }
    return count % 2 == 1;
  }
}
