package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a script's commands. */
final class ScriptParser {

  private static final String SIMPLE = "dDnNgGhHxpPl=z";

  private final ScriptReader reader;
  private final boolean extended;
  private final List<Command> commands = new ArrayList<>();
  private final Deque<Integer> blocks = new ArrayDeque<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> branches = new HashMap<>();

  private ScriptParser(String script, boolean extended) {
    this.reader = new ScriptReader(script);
    this.extended = extended;
  }

  static List<Command> parse(String script, boolean extended) throws IOException {
    ScriptParser parser = new ScriptParser(script, extended);
    parser.parse();
    return List.copyOf(parser.commands);
  }

  private void parse() throws IOException {
    while (true) {
      reader.skipBlanksAndSeparators();
      if (reader.atEnd()) {
        break;
      }
      if (reader.skip('#')) {
        reader.line();
        continue;
      }
      command();
    }
    if (!blocks.isEmpty()) {
      throw new Failure("unmatched '{'");
    }
    for (Map.Entry<Integer, String> branch : branches.entrySet()) {
      resolve(branch.getKey(), branch.getValue());
    }
  }

  private void resolve(int index, String label) throws Failure {
    Integer target = label.isEmpty() ? Integer.valueOf(commands.size()) : labels.get(label);
    if (target == null) {
      throw new Failure("can't find label for jump to '" + label + "'");
    }
    Command command = commands.get(index);
    char letter = ((Command.Branch) command.action()).letter();
    replaceAction(index, new Command.Branch(letter, target));
  }

  private void replaceAction(int index, Command.Action action) {
    Command old = commands.get(index);
    commands.set(index, new Command(old.first(), old.last(), old.negated(), action));
  }

  private void command() throws IOException {
    Optional<Address> first = address();
    Optional<Address> last = Optional.empty();
    if (first.isPresent()) {
      reader.skipBlanks();
      if (reader.skip(',')) {
        reader.skipBlanks();
        last = Optional.of(end());
      }
      reader.skipBlanks();
    }
    boolean zero = first.isPresent() && first.get().equals(new Address.Line(0));
    if (zero && !(last.isPresent() && last.get() instanceof Address.Pattern)) {
      throw new Failure("invalid usage of line address 0");
    }
    boolean negated = false;
    while (reader.skip('!')) {
      negated = true;
      reader.skipBlanks();
    }
    if (reader.atEnd()) {
      throw new Failure("missing command");
    }
    char letter = reader.take();
    if (letter == '}') {
      closeBlock(first.isPresent());
    } else {
      commands.add(new Command(first, last, negated, action(letter)));
    }
    endCommand(letter);
  }

  private void closeBlock(boolean addressed) throws Failure {
    if (blocks.isEmpty() || addressed) {
      throw new Failure("unexpected '}'");
    }
    replaceAction(blocks.pop(), new Command.Block(commands.size()));
  }

  /** After most commands there is nothing else on the line but a separator. */
  private void endCommand(char letter) throws Failure {
    if ("{aicrwW:".indexOf(letter) >= 0) {
      return;
    }
    reader.skipBlanks();
    if (!reader.atEnd() && "\n;}#".indexOf(reader.peek()) < 0) {
      throw new Failure(
          letter == 's'
              ? "bad option in substitution expression"
              : "unknown option to '" + letter + "'");
    }
  }

  private Optional<Address> address() throws IOException {
    char next = reader.peek();
    if (next >= '0' && next <= '9') {
      long number = reader.number();
      if (reader.skip('~')) {
        return Optional.of(new Address.Step(number, reader.number()));
      }
      return Optional.of(new Address.Line(number));
    }
    if (reader.skip('$')) {
      return Optional.of(new Address.Last());
    }
    if (reader.skip('/')) {
      return Optional.of(pattern('/'));
    }
    if (reader.skip('\\')) {
      return Optional.of(pattern(reader.take()));
    }
    return Optional.empty();
  }

  private Address end() throws IOException {
    if (reader.skip('+')) {
      return new Address.Count(reader.number());
    }
    if (reader.skip('~')) {
      return new Address.Multiple(reader.number());
    }
    return address().orElseThrow(() -> new Failure("no address after comma"));
  }

  private Address pattern(char delimiter) throws IOException {
    String pattern = reader.regex(delimiter);
    Set<PosixRegex.Flag> flags = flags();
    while (true) {
      if (reader.skip('I')) {
        flags.add(PosixRegex.Flag.IGNORE_CASE);
      } else if (reader.skip('M')) {
        flags.add(PosixRegex.Flag.MULTILINE);
      } else {
        return new Address.Pattern(compile(pattern, flags));
      }
    }
  }

  private Set<PosixRegex.Flag> flags() {
    Set<PosixRegex.Flag> flags = EnumSet.noneOf(PosixRegex.Flag.class);
    if (extended) {
      flags.add(PosixRegex.Flag.EXTENDED);
    }
    return flags;
  }

  private static Optional<PosixRegex> compile(String pattern, Set<PosixRegex.Flag> flags)
      throws IOException {
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(PosixRegex.compile(pattern, flags));
    } catch (InvalidRegexException e) {
      throw Failure.of(1, "bad regex '" + pattern + "'", e);
    }
  }

  private Command.Action action(char letter) throws IOException {
    if (SIMPLE.indexOf(letter) >= 0) {
      return new Command.Simple(letter);
    }
    return switch (letter) {
      case '{' -> {
        blocks.push(commands.size());
        yield new Command.Block(0);
      }
      case ':' -> {
        labels.put(label(), commands.size());
        yield new Command.Nothing();
      }
      case 'b', 't', 'T' -> {
        branches.put(commands.size(), reader.label());
        yield new Command.Branch(letter, 0);
      }
      case 'a', 'i', 'c' -> new Command.Text(letter, reader.text());
      case 'r' -> new Command.Read(fileName());
      case 'w' -> new Command.Write(fileName());
      case 'q', 'Q' -> {
        reader.skipBlanks();
        yield new Command.Quit(letter == 'q', (int) reader.number());
      }
      case 's' -> substitute();
      case 'y' -> transliterate();
      default -> throw new Failure("unsupported command " + letter);
    };
  }

  private String label() throws Failure {
    String label = reader.label();
    if (label.isEmpty()) {
      throw new Failure("\":\" lacks a label");
    }
    return label;
  }

  private String fileName() throws Failure {
    reader.skipBlanks();
    String name = reader.line();
    if (name.isEmpty()) {
      throw new Failure("empty filename");
    }
    return name;
  }

  private Command.Action substitute() throws IOException {
    char delimiter = reader.take();
    String pattern = reader.regex(delimiter);
    List<Command.Part> replacement = reader.replacement(delimiter);
    Set<PosixRegex.Flag> flags = flags();
    boolean global = false;
    boolean print = false;
    long number = 1;
    Optional<String> file = Optional.empty();
    boolean more = true;
    while (more && file.isEmpty()) {
      char flag = reader.peek();
      switch (flag) {
        case 'g' -> global = true;
        case 'p' -> print = true;
        case 'i', 'I' -> flags.add(PosixRegex.Flag.IGNORE_CASE);
        case 'm', 'M' -> flags.add(PosixRegex.Flag.MULTILINE);
        case 'w' -> {
          reader.take();
          file = Optional.of(fileName());
          continue;
        }
        default -> more = false;
      }
      if (flag >= '1' && flag <= '9') {
        number = reader.number();
        more = true;
      } else if (more) {
        reader.take();
      }
    }
    Optional<PosixRegex> regex = compile(pattern, flags);
    checkGroups(regex, replacement);
    return new Command.Substitute(regex, replacement, (int) number, global, print, file);
  }

  private static void checkGroups(Optional<PosixRegex> regex, List<Command.Part> replacement)
      throws Failure {
    for (Command.Part part : replacement) {
      if (regex.isPresent() && part.group() > regex.get().groups()) {
        throw new Failure("invalid reference \\" + part.group() + " on s command's RHS");
      }
    }
  }

  private Command.Action transliterate() throws Failure {
    char delimiter = reader.take();
    int[] from = reader.characters(delimiter);
    int[] to = reader.characters(delimiter);
    if (from.length != to.length) {
      throw new Failure("y command strings have different lengths");
    }
    Map<Integer, Integer> replacements = new HashMap<>();
    for (int i = 0; i < from.length; i++) {
      replacements.putIfAbsent(from[i], to[i]);
    }
    return new Command.Transliterate(replacements);
  }
}
