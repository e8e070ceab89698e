package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Reads commands one complete one at a time, and no further: what follows in the script may be
 * input of the command.
 */
public final class Parser {

  /** What bars with an ampersand add to the command before them. */
  private static final Redirection ERRORS_TOO =
      new Redirection.ToFile(
          2, Redirection.Kind.DUPLICATE, new Word(List.of(new Part.Literal("1", false))));

  private final TokenStream tokens;
  private final SimpleCommandParser simple;
  private final CompoundParser compound;
  private final WordReader words;

  /**
   * Reads a script.
   *
   * @param aliases what a name stands for at this moment
   */
  public Parser(LineSource source, Dialect dialect, Function<String, Optional<String>> aliases) {
    this(new Characters(source), dialect, aliases);
  }

  private Parser(
      Characters characters, Dialect dialect, Function<String, Optional<String>> aliases) {
    WordReader words = new WordReader(characters, new Substitutions(aliases, this), dialect);
    this.words = words;
    this.tokens = new TokenStream(new Lexer(characters, words), aliases);
    this.simple = new SimpleCommandParser(tokens, this);
    this.compound = new CompoundParser(tokens, this, simple, words);
  }

  /**
   * Commands in words, which need a parser that is not there yet when the words' reader is made.
   */
  private record Substitutions(Function<String, Optional<String>> aliases, Parser parser)
      implements SubstitutionParser {
    @Override
    public Command substitution() throws IOException {
      return parser.substitution();
    }

    @Override
    public Command text(String text) throws IOException {
      Characters all = new Characters(LineSource.of(text));
      all.setLine(parser.line());
      return new Parser(all, parser.dialect(), aliases).all();
    }

    @Override
    public SubstitutionParser over(Characters other) {
      return new Substitutions(aliases, new Parser(other, parser.dialect(), aliases));
    }
  }

  /** The word that is a whole text, expanded as between double quotes: a prompt. */
  public static Word prompt(String text, Dialect dialect) throws IOException {
    return over(text, dialect).words.toEnd();
  }

  /**
   * The word that a text begins with, quotes and all; an array's list is one after a name and a
   * sign.
   */
  public static Word word(String text) throws IOException {
    return over(text, Dialect.BASH).words.word(false);
  }

  /**
   * The function that a text defines in bash.
   *
   * @return nothing if it is anything else, or more
   */
  public static Optional<Command.Function> function(String text) throws IOException {
    Parser parser = over(text, Dialect.BASH);
    return parser.next().orElseThrow() instanceof Command.Function function
            && parser.next().isEmpty()
        ? Optional.of(function)
        : Optional.empty();
  }

  private static Parser over(String text, Dialect dialect) {
    return new Parser(LineSource.of(text), dialect, name -> Optional.empty());
  }

  /** A text with C's escapes replaced. */
  public static String unescape(String text) {
    return Escapes.ansi(text);
  }

  /** The shell that it reads for. */
  Dialect dialect() {
    return words.dialect();
  }

  /** Says whether braces stand for several words, which is asked for each command. */
  public void expandBracesIf(BooleanSupplier wished) {
    words.expandBracesIf(wished);
  }

  /** The words that a word with braces stands for. */
  List<Word> braces(Word word) throws SyntaxException {
    return words.braces(word);
  }

  /** Lets the first line have another number than one. */
  public void startAt(int line) {
    tokens.lexer().characters().setLine(line);
  }

  /** The line that is being read. */
  public int line() {
    return tokens.lexer().characters().line();
  }

  /**
   * The next complete command.
   *
   * @return nothing at the end
   * @throws SyntaxException if it is none; the parser may go on after {@link #discard}
   */
  public Optional<Command> next() throws IOException {
    do {
      tokens.reset();
    } while (tokens.peek().kind() == Token.Kind.NEWLINE && tokens.next() != null);
    if (tokens.peek().kind() == Token.Kind.END) {
      return Optional.empty();
    }
    Command command = list();
    Token end = tokens.peek();
    if (end.kind() == Token.Kind.NEWLINE) {
      tokens.next();
    } else if (end.kind() != Token.Kind.END) {
      throw tokens.unexpected(end);
    }
    return Optional.of(command);
  }

  /** Whether nothing but blanks is left of the text that is being read. */
  public boolean isAtEnd() {
    return tokens.lexer().characters().isBlankToEnd();
  }

  /** The assignment that a word is, if it is one. */
  public static Optional<Command.Assignment> assignment(Word word, Dialect dialect) {
    return AssignmentReader.assignment(word, dialect);
  }

  /** Whether a text can be a variable's name. */
  public static boolean isName(String text) {
    return SimpleCommandParser.isName(text);
  }

  /** Whether a word means the shell's grammar where a command may begin. */
  public static boolean isReservedWord(String word) {
    return Token.isReservedWord(word);
  }

  /** Drops the rest of the line that had an error in it. */
  public void discard() {
    tokens.discard();
  }

  private Command all() throws IOException {
    Command command = compoundList();
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.unexpected(tokens.peek());
    }
    return command;
  }

  private Command substitution() throws IOException {
    tokens.enter();
    Command command = compoundList();
    tokens.expectOperator(")");
    tokens.leave();
    return command;
  }

  /** Commands that a reserved word or a parenthesis closes; maybe none. */
  Command compoundList() throws IOException {
    List<Command> commands = new ArrayList<>();
    tokens.skipNewlines();
    while (!tokens.peekCommand().closesList()) {
      commands.add(list());
      if (tokens.peek().kind() == Token.Kind.NEWLINE) {
        tokens.skipNewlines();
      } else if (!tokens.peek().closesList()) {
        throw tokens.unexpected(tokens.peek());
      }
    }
    return commands.size() == 1 ? commands.getFirst() : new Command.Sequence(commands);
  }

  /** The same, at least one. */
  Command body() throws IOException {
    Command command = compoundList();
    if (command instanceof Command.Sequence sequence && sequence.commands().isEmpty()) {
      throw tokens.unexpected(tokens.peek());
    }
    return command;
  }

  /** Commands up to the line's end. */
  private Command list() throws IOException {
    List<Command> commands = new ArrayList<>();
    while (true) {
      int start = tokens.peekCommand().start();
      Command command = andOr();
      boolean separated = true;
      if (tokens.peek().isOperator("&")) {
        command = new Command.Background(command, tokens.textSince(start));
        tokens.next();
      } else {
        separated = tokens.acceptOperator(";");
      }
      commands.add(command);
      if (!separated || endsList(tokens.peekCommand())) {
        return commands.size() == 1 ? commands.getFirst() : new Command.Sequence(commands);
      }
    }
  }

  private static boolean endsList(Token token) {
    return token.kind() == Token.Kind.NEWLINE || token.closesList();
  }

  private Command andOr() throws IOException {
    Command first = pipeline();
    List<Command.AndOr.Next> rest = new ArrayList<>();
    while (true) {
      boolean and = tokens.acceptOperator("&&");
      if (!and && !tokens.acceptOperator("||")) {
        return rest.isEmpty() ? first : new Command.AndOr(first, List.copyOf(rest));
      }
      tokens.skipNewlines();
      rest.add(new Command.AndOr.Next(and, pipeline()));
    }
  }

  private Command pipeline() throws IOException {
    boolean negated = false;
    boolean any = false;
    while (tokens.acceptReserved("!")) {
      negated = !negated;
      any = true;
    }
    if (dialect() == Dialect.BASH && tokens.acceptReserved("time")) {
      Command timed = timed();
      return negated ? new Command.Not(timed) : timed;
    }
    int start = tokens.peekCommand().start();
    List<Command> stages = new ArrayList<>();
    stages.add(command());
    while (tokens.peek().isOperator("|") || tokens.peek().isOperator("|&")) {
      if (tokens.next().text().equals("|&")) {
        stages.add(new Command.Redirected(stages.removeLast(), List.of(ERRORS_TOO), line()));
      }
      tokens.skipNewlines();
      stages.add(command());
    }
    Command command =
        stages.size() == 1
            ? stages.getFirst()
            : new Command.Pipeline(List.copyOf(stages), tokens.textSince(start));
    if (negated) {
      return new Command.Not(command);
    }
    return any ? new Command.Not(new Command.Not(command)) : command;
  }

  private Command timed() throws IOException {
    boolean posix = tokens.acceptReserved("-p");
    Token next = tokens.peekCommand();
    boolean nothing =
        next.kind() == Token.Kind.NEWLINE || next.isOperator(";") || next.closesList();
    return new Command.Timed(nothing ? new Command.Sequence(List.of()) : pipeline(), posix);
  }

  /** One command: compound, a function's definition, or words. */
  Command command() throws IOException {
    tokens.enter();
    Token token = tokens.peekCommand();
    int start = line();
    Optional<Command> found = compound.command(token);
    Command command = found.isPresent() ? found.get() : simple.command();
    if (found.isPresent() && !(command instanceof Command.Function)) {
      int line = dialect() == Dialect.BASH ? line() : start;
      List<Redirection> redirections = simple.redirections();
      command =
          redirections.isEmpty() ? command : new Command.Redirected(command, redirections, line);
    }
    tokens.leave();
    return command;
  }
}
