package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import java.util.List;

/** The pieces of a script and how far they were read. */
class TokenReader {

  private final List<Token> tokens;
  private int position;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The piece so many places on; that at the end if there are fewer. */
  final Token ahead(int places) {
    return tokens.get(Math.min(position + places, tokens.size() - 1));
  }

  final void skip(int count) {
    position += count;
  }

  final Token peek() {
    return tokens.get(position);
  }

  final int mark() {
    return position;
  }

  final void reset(int mark) {
    position = mark;
  }

  final boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  final boolean isNext(String text) {
    return peek().is(text);
  }

  final boolean accept(String text) {
    if (isNext(text)) {
      position++;
      return true;
    }
    return false;
  }

  final boolean acceptNewline() {
    if (peek().kind() == Token.Kind.NEWLINE) {
      position++;
      return true;
    }
    return false;
  }

  final void skipNewlines() {
    while (acceptNewline()) {}
  }

  final void expect(String text) throws Failure {
    if (!accept(text)) {
      throw failure("Unexpected token");
    }
  }

  final Failure failure(String message) {
    return new Failure("cmd. line:" + peek().line() + ": " + message);
  }

  final boolean atStatementEnd() {
    return atEnd() || peek().kind() == Token.Kind.NEWLINE || isNext(";") || isNext("}");
  }

  final String takeName() throws Failure {
    Token token = peek();
    if (token.kind() != Token.Kind.NAME && token.kind() != Token.Kind.FUNCTION) {
      throw failure("Unexpected token");
    }
    position++;
    return token.text();
  }
}
