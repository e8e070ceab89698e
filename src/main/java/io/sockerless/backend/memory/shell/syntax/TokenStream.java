package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The token that comes next, aliases replaced where a command may begin. */
final class TokenStream {

  private static final int MAX_DEPTH = 400;

  private final Lexer lexer;
  private final Function<String, Optional<String>> aliases;
  private @Nullable Token peeked;
  private String blankAlias = "";
  private int depth;

  TokenStream(Lexer lexer, Function<String, Optional<String>> aliases) {
    this.lexer = lexer;
    this.aliases = aliases;
  }

  Lexer lexer() {
    return lexer;
  }

  Token peek() throws IOException {
    Token token = peeked;
    if (token == null) {
      token = lexer.next();
      peeked = token;
    }
    return token;
  }

  Token next() throws IOException {
    Token token = peek();
    peeked = null;
    return token;
  }

  /** The next token where a command may begin. */
  Token peekCommand() throws IOException {
    Token token = peek();
    while (isAlias(token)) {
      token = replace(token);
    }
    return token;
  }

  /** The next token among a command's words: an alias only if one before it ends in a blank. */
  Token peekArgument() throws IOException {
    Token token = peek();
    if (blankAlias.isEmpty() || lexer.activeAliases().contains(blankAlias)) {
      return token;
    }
    blankAlias = "";
    return isAlias(token) ? replace(token) : token;
  }

  private boolean isAlias(Token token) {
    return token.kind() == Token.Kind.WORD
        && !token.text().isEmpty()
        && !lexer.activeAliases().contains(token.text())
        && aliases.apply(token.text()).isPresent();
  }

  private Token replace(Token token) throws IOException {
    String text = aliases.apply(token.text()).orElseThrow();
    lexer.characters().insert(text, token.text());
    blankAlias = text.endsWith(" ") || text.endsWith("\t") ? token.text() : "";
    peeked = null;
    return peek();
  }

  boolean acceptOperator(String operator) throws IOException {
    if (peek().isOperator(operator)) {
      next();
      return true;
    }
    return false;
  }

  boolean acceptReserved(String name) throws IOException {
    if (peekCommand().isReserved(name)) {
      next();
      return true;
    }
    return false;
  }

  void expectOperator(String operator) throws IOException {
    if (!acceptOperator(operator)) {
      throw unexpected(peek(), operator);
    }
  }

  void expectReserved(String name) throws IOException {
    if (!acceptReserved(name)) {
      throw unexpected(peek(), name);
    }
  }

  void skipNewlines() throws IOException {
    while (peek().kind() == Token.Kind.NEWLINE) {
      next();
    }
  }

  /** What was read from a token on, up to the next one. */
  String textSince(int start) throws IOException {
    int end = peek().start();
    String text = lexer.characters().since(start);
    return text.substring(0, Math.max(0, Math.min(text.length(), end - start))).strip();
  }

  SyntaxException unexpected(Token token) {
    return error("unexpected " + token.describe());
  }

  SyntaxException unexpected(Token token, String expected) {
    return error("unexpected " + token.describe() + " (expecting \"" + expected + "\")");
  }

  SyntaxException error(String message) {
    return new SyntaxException(lexer.characters().line(), message);
  }

  /** Begins a command within another. */
  void enter() throws IOException {
    if (++depth > MAX_DEPTH) {
      throw error("commands are nested too deeply");
    }
  }

  void leave() {
    depth--;
  }

  /** Begins a new complete command. */
  void reset() {
    depth = 0;
    lexer.characters().forget();
  }

  /** Drops what was read and not used, after an error. */
  void discard() {
    peeked = null;
    blankAlias = "";
    lexer.reset();
    lexer.characters().discard();
  }
}
