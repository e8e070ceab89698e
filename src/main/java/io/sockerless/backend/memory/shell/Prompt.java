package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Parser;
import java.io.IOException;

/** What an interactive shell shows before it reads a line. */
final class Prompt {

  private Prompt() {}

  /** The text of PS1 or PS2, its parameters expanded and its backslashes replaced. */
  static String text(Interpreter shell, String variable) throws IOException {
    ShellState state = shell.state();
    String raw = escapes(shell, state.variables().get(variable, ""));
    int status = state.status();
    String text = shell.expander().document(Parser.prompt(raw, shell.state().dialect()));
    state.setStatus(status);
    return text;
  }

  private static String escapes(Interpreter shell, String raw) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        text.append(escape(shell, raw.charAt(++i)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String escape(Interpreter shell, char letter) {
    Variables variables = shell.state().variables();
    String directory = variables.get("PWD", "/");
    return switch (letter) {
      case 'w' -> shorten(directory, variables.get("HOME", ""));
      case 'W' -> directory.substring(directory.lastIndexOf('/') + 1);
      case 'h' -> shell.task().kernel().hostname().split("\\.", 2)[0];
      case 'H' -> shell.task().kernel().hostname();
      case 'u' -> variables.get("USER", variables.get("LOGNAME", "root"));
      case '$' -> shell.task().files().credentials().isRoot() ? "#" : "\\$";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'e' -> "\033";
      case 'a' -> "\007";
      case '[', ']' -> "";
      default -> "\\\\" + letter;
    };
  }

  private static String shorten(String directory, String home) {
    if (home.length() > 1 && (directory + "/").startsWith(home + "/")) {
      return "~" + directory.substring(home.length());
    }
    return directory;
  }
}
