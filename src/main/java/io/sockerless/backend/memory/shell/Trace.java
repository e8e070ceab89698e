package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.utility.text.ShellQuoting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows commands before they run, if that is wished: {@code set -x}, in the words of each shell.
 */
final class Trace {

  private static final String USUAL_PROMPT = "+ ";

  private final Task task;
  private final ShellState state;
  private final Expander expander;
  private final Messages messages;

  Trace(Task task, ShellState state, Expander expander, Messages messages) {
    this.task = task;
    this.state = state;
    this.expander = expander;
    this.messages = messages;
  }

  /** Whether commands are shown that only bash shows. */
  boolean isOfBash() {
    return state.isBash() && state.has(ShellOption.XTRACE);
  }

  /**
   * Shows a command that is words.
   *
   * @param assignments those in front of it, for ash, which shows them in the same line
   */
  void words(List<String> assignments, List<String> fields) throws IOException {
    if (!state.has(ShellOption.XTRACE) || (assignments.isEmpty() && fields.isEmpty())) {
      return;
    }
    if (state.isBash() && fields.isEmpty()) {
      return;
    }
    if (state.isBash()) {
      print(fields.stream().map(Trace::quoted).collect(Collectors.joining(" ")));
      return;
    }
    StringBuilder line = new StringBuilder();
    for (String assignment : assignments) {
      int value = assignment.indexOf('=') + 1;
      line.append(assignment, 0, value)
          .append(Quoting.quoteIfNeeded(assignment.substring(value)))
          .append(' ');
    }
    fields.forEach(field -> line.append(Quoting.quoteIfNeeded(field)).append(' '));
    line.setLength(line.length() - 1);
    print(line.toString());
  }

  /** Shows what a variable is about to become, with its name and the operator in front. */
  void assignment(String target, String value) throws IOException {
    if (isOfBash()) {
      print(target + (value.isEmpty() ? "" : quoted(value)));
    }
  }

  /** Shows a command as it was written. */
  void written(String text) throws IOException {
    if (isOfBash()) {
      print(text);
    }
  }

  /** Shows one test of {@code [[ … ]]}, the operands of which may be empty. */
  void test(boolean negated, String... words) throws IOException {
    if (isOfBash()) {
      String text =
          List.of(words).stream()
              .map(word -> word.isEmpty() ? "''" : word)
              .collect(Collectors.joining(" "));
      print("[[ " + (negated ? "! " : "") + text + " ]]");
    }
  }

  /** The first character of the prompt tells how deep in evaluated texts a command is. */
  private void print(String text) throws IOException {
    String raw = state.variables().get("PS4", USUAL_PROMPT);
    if (state.isBash()) {
      raw = new Prompt(task, state).escapes(raw);
    }
    String prompt = expander.document(Parser.prompt(raw, state.dialect()));
    if (state.isBash() && !prompt.isEmpty()) {
      prompt = prompt.substring(0, 1).repeat(state.bash().depth()) + prompt;
    }
    Optional<OpenFile> own = descriptor();
    if (own.isPresent()) {
      byte[] line = Text.encode(prompt + text + "\n");
      own.get().write(line, 0, line.length);
    } else {
      messages.print(prompt + text + "\n");
    }
  }

  private Optional<OpenFile> descriptor() {
    String number = state.isBash() ? state.variables().get("BASH_XTRACEFD", "") : "";
    return number.matches("[0-9]{1,6}")
        ? task.descriptors().find(Integer.parseInt(number))
        : Optional.empty();
  }

  private static String quoted(String word) {
    if (word.isEmpty() || hasMetaCharacters(word)) {
      return word.equals("'") ? "\\'" : Quoting.quoteForBash(word);
    }
    return ShellQuoting.isHidden(word) ? ShellQuoting.escaped(word) : word;
  }

  private static boolean hasMetaCharacters(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char before = i == 0 ? '=' : word.charAt(i - 1);
      if (" \t\n'\"\\|&;()<>!{}*[?]^$`".indexOf(c) >= 0
          || (c == '~' && (before == '=' || before == ':'))
          || (c == '#' && i == 0)) {
        return true;
      }
    }
    return false;
  }
}
