package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.calculate.Lexer.Kind;
import io.sockerless.backend.memory.utility.calculate.Lexer.Token;
import java.io.IOException;
import java.util.Optional;

/** Looks one token ahead. */
final class TokenReader {

  private final Lexer lexer;
  private Optional<Token> ahead = Optional.empty();

  TokenReader(Lexer lexer) {
    this.lexer = lexer;
  }

  /** The token that comes next, which stays. */
  Token peek() throws IOException {
    if (ahead.isEmpty()) {
      ahead = Optional.of(lexer.next());
    }
    return ahead.get();
  }

  Token take() throws IOException {
    Token token = peek();
    ahead = Optional.empty();
    return token;
  }

  boolean accept(String operator) throws IOException {
    boolean matches = peek().is(operator);
    if (matches) {
      take();
    }
    return matches;
  }

  boolean acceptWord(String word) throws IOException {
    boolean matches = peek().isWord(word);
    if (matches) {
      take();
    }
    return matches;
  }

  void expect(String operator) throws IOException {
    if (!accept(operator)) {
      throw unexpected();
    }
  }

  String name() throws IOException {
    if (peek().kind() != Kind.NAME) {
      throw unexpected();
    }
    return take().text();
  }

  void skipNewlines() throws IOException {
    while (peek().kind() == Kind.NEWLINE) {
      take();
    }
  }

  /** Complains of the token that comes next. */
  Failure unexpected() throws IOException {
    return new Failure("bad expression at '" + peek().text() + "'");
  }
}
