package io.sockerless.backend.memory.shell.syntax;

import io.sockerless.backend.memory.shell.syntax.Redirection.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads commands that are words, and the redirections of any. */
final class SimpleCommandParser {

  private final TokenStream tokens;
  private final Parser parser;

  SimpleCommandParser(TokenStream tokens, Parser parser) {
    this.tokens = tokens;
    this.parser = parser;
  }

  /** In bash its line is where the second word ends, or the first if that is an assignment. */
  Command command() throws IOException {
    int line = tokens.lexer().characters().line();
    return command(tokens.peekCommand().start(), line, new ArrayList<>());
  }

  /** One whose first word was taken already. */
  Command commandAfter(Token first) throws IOException {
    return command(
        first.start(), tokens.lexer().characters().line(), new ArrayList<>(List.of(first.word())));
  }

  private Command command(int start, int firstLine, List<Word> words) throws IOException {
    int line = firstLine;
    List<Command.Assignment> assignments = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    while (true) {
      Token token = words.isEmpty() ? tokens.peekCommand() : tokens.peekArgument();
      Optional<Redirection> redirection = redirection();
      if (redirection.isPresent()) {
        redirections.add(redirection.get());
      } else if (token.kind() == Token.Kind.WORD) {
        if (assignments.isEmpty() && words.size() <= 1 && parser.dialect() == Dialect.BASH) {
          line = tokens.lexer().characters().line();
        }
        tokens.next();
        Optional<Command.Assignment> assignment =
            AssignmentReader.assignment(token.word(), parser.dialect());
        if (words.isEmpty() && assignment.isPresent()) {
          assignments.add(assignment.get());
        } else {
          words.addAll(parser.braces(token.word()));
        }
      } else if (token.isOperator("(") && words.size() == 1 && assignments.isEmpty()) {
        return function(words.getFirst().plain());
      } else {
        break;
      }
    }
    if (words.isEmpty() && assignments.isEmpty() && redirections.isEmpty()) {
      throw tokens.unexpected(tokens.peek());
    }
    return new Command.Simple(
        line,
        List.copyOf(assignments),
        List.copyOf(words),
        List.copyOf(redirections),
        parser.dialect() == Dialect.BASH ? tokens.textSince(start) : "");
  }

  private Command function(String name) throws IOException {
    if (name.isEmpty()) {
      throw tokens.unexpected(tokens.peek());
    }
    tokens.expectOperator("(");
    tokens.expectOperator(")");
    tokens.skipNewlines();
    return functionBody(name);
  }

  Command functionBody(String name) throws IOException {
    if (!isFunctionName(name)) {
      throw tokens.error("bad function name");
    }
    int start = tokens.peek().start();
    Command body = parser.command();
    return new Command.Function(name, body, tokens.textSince(start));
  }

  private static boolean isFunctionName(String name) {
    return name.chars().noneMatch(c -> c == '=' || c == '/' || c == '$');
  }

  /** Whether a text can be a variable's name. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && DollarReader.isNameStart(text.charAt(0))
        && text.chars().allMatch(c -> DollarReader.isNameStart(c) || (c >= '0' && c <= '9'));
  }

  /** All redirections that come. */
  List<Redirection> redirections() throws IOException {
    List<Redirection> redirections = new ArrayList<>();
    for (Optional<Redirection> next = redirection(); next.isPresent(); next = redirection()) {
      redirections.add(next.get());
    }
    return List.copyOf(redirections);
  }

  private Optional<Redirection> redirection() throws IOException {
    Token token = tokens.peek();
    String descriptor = "";
    if (token.kind() == Token.Kind.NUMBER) {
      descriptor = tokens.next().text();
      token = tokens.peek();
    }
    if (!token.isRedirection()) {
      return Optional.empty();
    }
    String operator = tokens.next().text();
    Token target = tokens.next();
    if (target.kind() != Token.Kind.WORD && target.kind() != Token.Kind.NUMBER) {
      throw tokens.unexpected(target);
    }
    if (descriptor.startsWith("{")) {
      return Optional.of(
          new Redirection.Named(
              descriptor.substring(1, descriptor.length() - 1),
              redirection(0, operator, target.word())));
    }
    int usual = operator.charAt(0) == '<' ? 0 : 1;
    int number = descriptor.isEmpty() ? usual : Integer.parseInt(descriptor);
    return Optional.of(redirection(number, operator, target.word()));
  }

  private Redirection redirection(int descriptor, String operator, Word target) {
    return switch (operator) {
      case "<<", "<<-" -> {
        HereDocument document = new HereDocument(target, operator.equals("<<-"));
        tokens.lexer().expect(document);
        yield new Redirection.ToDocument(descriptor, document);
      }
      case "<<<" -> new Redirection.ToString(descriptor, target);
      default -> new Redirection.ToFile(descriptor, kind(operator), target);
    };
  }

  private static Kind kind(String operator) {
    return switch (operator) {
      case "<" -> Kind.READ;
      case ">" -> Kind.WRITE;
      case ">|" -> Kind.CLOBBER;
      case ">>" -> Kind.APPEND;
      case "<>" -> Kind.READ_WRITE;
      case "&>" -> Kind.BOTH;
      case "&>>" -> Kind.APPEND_BOTH;
      default -> Kind.DUPLICATE;
    };
  }
}
