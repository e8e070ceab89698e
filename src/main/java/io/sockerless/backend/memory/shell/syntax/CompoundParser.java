package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the commands that begin with a reserved word or a parenthesis. */
final class CompoundParser {

  /** Two words side by side, which no expression has: the parentheses are subshells. */
  private static final Pattern CALL = Pattern.compile("\\w[ \\t]+[\\w$]");

  /** The array of a coprocess that has no name. */
  private static final String UNNAMED = "COPROC";

  private final TokenStream tokens;
  private final Parser parser;
  private final SimpleCommandParser simple;
  private final WordReader words;
  private final ConditionParser conditions;

  CompoundParser(TokenStream tokens, Parser parser, SimpleCommandParser simple, WordReader words) {
    this.tokens = tokens;
    this.parser = parser;
    this.simple = simple;
    this.words = words;
    this.conditions = new ConditionParser(tokens, words.dialect());
  }

  /** The compound command that a token begins, if it does. */
  Optional<Command> command(Token token) throws IOException {
    if (token.isOperator("(")) {
      tokens.next();
      return Optional.of(parentheses(token.start()));
    }
    if (token.kind() != Token.Kind.WORD) {
      return Optional.empty();
    }
    if (token.closesList()) {
      throw tokens.unexpected(token);
    }
    return switch (token.text()) {
      case "{" -> Optional.of(group());
      case "if" -> Optional.of(conditional());
      case "while", "until" -> Optional.of(loop());
      case "for" -> Optional.of(each());
      case "coproc" ->
          parser.dialect() == Dialect.BASH ? Optional.of(coprocess()) : Optional.empty();
      case "select" -> parser.dialect() == Dialect.BASH ? Optional.of(select()) : Optional.empty();
      case "case" -> Optional.of(choice());
      case "function" -> Optional.of(function());
      case "[[" -> {
        int line = tokens.lexer().characters().line();
        tokens.next();
        yield Optional.of(new Command.Test(conditions.condition(), line));
      }
      default -> Optional.empty();
    };
  }

  private Command parentheses(int start) throws IOException {
    Characters characters = tokens.lexer().characters();
    if (characters.peek() == '(') {
      int second = characters.position();
      characters.raw();
      try {
        int line = characters.line();
        Word expression = words.expression();
        if (!CALL.matcher(expression.literal()).find()) {
          return new Command.Calculation(expression, line);
        }
        characters.rewind(second);
      } catch (WordReader.NotArithmeticException e) {
        characters.rewind(second);
      }
    }
    int line = characters.line();
    Command body = parser.body();
    tokens.expectOperator(")");
    return new Command.Subshell(body, tokens.textSince(start), line);
  }

  private Command group() throws IOException {
    tokens.next();
    Command body = parser.body();
    tokens.expectReserved("}");
    return body;
  }

  private Command conditional() throws IOException {
    tokens.next();
    Command condition = parser.body();
    tokens.expectReserved("then");
    Command then = parser.body();
    Optional<Command> otherwise = Optional.empty();
    if (tokens.peekCommand().isReserved("elif")) {
      otherwise = Optional.of(conditional());
    } else {
      if (tokens.acceptReserved("else")) {
        otherwise = Optional.of(parser.body());
      }
      tokens.expectReserved("fi");
    }
    return new Command.If(condition, then, otherwise);
  }

  private Command loop() throws IOException {
    boolean until = tokens.next().text().equals("until");
    Command condition = parser.body();
    return new Command.Loop(until, condition, doGroup());
  }

  private Command doGroup() throws IOException {
    tokens.expectReserved("do");
    Command body = parser.body();
    tokens.expectReserved("done");
    return body;
  }

  private Command each() throws IOException {
    tokens.next();
    int line = tokens.lexer().characters().line();
    if (parser.dialect() == Dialect.BASH && tokens.peek().isOperator("(")) {
      return count(line);
    }
    String name = loopVariable();
    LoopWords words = loopWords();
    return new Command.For(line, name, words.list(), words.text(), doGroup());
  }

  /** A name is only one before a compound command; before others it is a word of theirs. */
  private Command coprocess() throws IOException {
    int start = tokens.next().start();
    Optional<Command> unnamed = command(tokens.peekCommand());
    if (unnamed.isPresent()) {
      return coprocess(UNNAMED, unnamed.get(), start);
    }
    Token first = tokens.peekCommand();
    if (first.kind() != Token.Kind.WORD || !SimpleCommandParser.isName(first.text())) {
      return coprocess(UNNAMED, simple.command(), start);
    }
    tokens.next();
    Optional<Command> compound = command(tokens.peekCommand());
    return compound.isPresent()
        ? coprocess(first.text(), compound.get(), start)
        : coprocess(UNNAMED, simple.commandAfter(first), start);
  }

  private Command coprocess(String name, Command command, int start) throws IOException {
    List<Redirection> redirections = simple.redirections();
    int line = tokens.lexer().characters().line();
    return new Command.Coprocess(
        name,
        redirections.isEmpty() ? command : new Command.Redirected(command, redirections, line),
        tokens.textSince(start));
  }

  private Command select() throws IOException {
    tokens.next();
    int line = tokens.lexer().characters().line();
    String name = loopVariable();
    LoopWords words = loopWords();
    return new Command.Select(line, name, words.list(), words.text(), doGroup());
  }

  private String loopVariable() throws IOException {
    Token name = tokens.next();
    if (!SimpleCommandParser.isName(name.text())) {
      throw tokens.error("bad for loop variable");
    }
    tokens.skipNewlines();
    return name.text();
  }

  private record LoopWords(Optional<List<Word>> list, String text) {}

  private LoopWords loopWords() throws IOException {
    LoopWords words = new LoopWords(Optional.empty(), "\"$@\"");
    if (tokens.peek().isReserved("in")) {
      tokens.next();
      words = wordsUntilSeparator();
    } else {
      tokens.acceptOperator(";");
    }
    tokens.skipNewlines();
    return words;
  }

  private Command count(int line) throws IOException {
    tokens.next();
    Characters characters = tokens.lexer().characters();
    if (!characters.accept('(')) {
      throw tokens.error("bad for loop variable");
    }
    List<Word> expressions;
    try {
      expressions = split(words.expression());
    } catch (WordReader.NotArithmeticException e) {
      throw tokens.error("bad for loop variable");
    }
    if (expressions.size() != 3) {
      throw tokens.error("a for loop needs three expressions");
    }
    tokens.acceptOperator(";");
    tokens.skipNewlines();
    Command body;
    if (tokens.peekCommand().isReserved("{")) {
      body = group();
    } else {
      body = doGroup();
    }
    return new Command.Count(
        line, expressions.get(0), expressions.get(1), expressions.get(2), body);
  }

  /** The expressions that semicolons separate. */
  private static List<Word> split(Word expressions) {
    List<Word> all = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    for (Part part : expressions.parts()) {
      if (part instanceof Part.Literal literal) {
        String[] texts = literal.text().split(";", -1);
        for (int i = 0; i < texts.length; i++) {
          if (i > 0) {
            all.add(new Word(parts));
            parts.clear();
          }
          parts.add(new Part.Literal(texts[i], literal.quoted()));
        }
      } else {
        parts.add(part);
      }
    }
    all.add(new Word(parts));
    return all;
  }

  private LoopWords wordsUntilSeparator() throws IOException {
    List<Word> list = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    while (tokens.peek().kind() == Token.Kind.WORD) {
      Token token = tokens.next();
      list.addAll(parser.braces(token.word()));
      texts.add(tokens.textSince(token.start()).replaceAll("(?s)\\s+\\\\(\n.*)?$", ""));
    }
    if (!tokens.acceptOperator(";") && tokens.peek().kind() != Token.Kind.NEWLINE) {
      throw tokens.unexpected(tokens.peek());
    }
    return new LoopWords(Optional.of(List.copyOf(list)), String.join(" ", texts));
  }

  private Command choice() throws IOException {
    tokens.next();
    int line = tokens.lexer().characters().line();
    Token subject = tokens.next();
    if (subject.kind() != Token.Kind.WORD) {
      throw tokens.unexpected(subject);
    }
    String text = tokens.textSince(subject.start());
    tokens.skipNewlines();
    if (!tokens.peek().isReserved("in")) {
      throw tokens.unexpected(tokens.peek(), "in");
    }
    tokens.next();
    tokens.skipNewlines();
    List<Command.Case.Item> items = new ArrayList<>();
    while (!tokens.peek().isReserved("esac")) {
      items.add(item());
      tokens.skipNewlines();
    }
    tokens.next();
    return new Command.Case(line, subject.word(), text, List.copyOf(items));
  }

  private Command.Case.Item item() throws IOException {
    tokens.acceptOperator("(");
    List<Word> patterns = new ArrayList<>();
    do {
      Token pattern = tokens.next();
      if (pattern.kind() != Token.Kind.WORD) {
        throw tokens.unexpected(pattern, ")");
      }
      patterns.add(pattern.word());
    } while (tokens.acceptOperator("|"));
    tokens.expectOperator(")");
    Command body = parser.compoundList();
    boolean fallsThrough = tokens.acceptOperator(";&");
    boolean goesOn = !fallsThrough && tokens.acceptOperator(";;&");
    if (!fallsThrough && !goesOn && !tokens.peek().isReserved("esac")) {
      tokens.expectOperator(";;");
    }
    return new Command.Case.Item(List.copyOf(patterns), body, fallsThrough, goesOn);
  }

  private Command function() throws IOException {
    tokens.next();
    Token name = tokens.next();
    if (name.text().isEmpty() || name.kind() != Token.Kind.WORD) {
      throw tokens.unexpected(name);
    }
    if (tokens.acceptOperator("(")) {
      tokens.expectOperator(")");
    }
    tokens.skipNewlines();
    return simple.functionBody(name.text());
  }
}
