package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimeZones;
import java.io.IOException;
import java.time.ZonedDateTime;

/** What an interactive shell shows before it reads a line; bash scripts can ask for the same. */
record Prompt(Task task, ShellState state) {

  /** The text of PS1 or PS2, its parameters expanded and its backslashes replaced. */
  static String text(Interpreter shell, String variable) throws IOException {
    ShellState state = shell.state();
    String raw = new Prompt(shell.task(), state).escapes(state.variables().get(variable, ""));
    int status = state.status();
    String text = shell.expander().document(Parser.prompt(raw, shell.state().dialect()));
    state.setStatus(status);
    return text;
  }

  /** A text with its backslashes replaced. */
  String escapes(String raw) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\' || i + 1 == raw.length()) {
        text.append(c);
        continue;
      }
      char letter = raw.charAt(++i);
      int close = raw.indexOf('}', i);
      if (isOctal(letter)) {
        int end = i + 1;
        while (end < raw.length() && end < i + 3 && isOctal(raw.charAt(end))) {
          end++;
        }
        text.append((char) Integer.parseInt(raw.substring(i, end), 8));
        i = end - 1;
      } else if (letter == 'D' && state.isBash() && raw.startsWith("{", i + 1) && close > 0) {
        String format = raw.substring(i + 2, close);
        text.append(moment(format.isEmpty() ? "%X" : format));
        i = close;
      } else {
        text.append(state.isBash() ? bashEscape(letter) : escape(letter));
      }
    }
    return text.toString();
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private String bashEscape(char letter) {
    return switch (letter) {
      case 's' -> state.name().substring(state.name().lastIndexOf('/') + 1);
      case 'v' -> BashParameters.VERSION_TEXT.replaceAll("\\.\\d+\\(.*", "");
      case 'V' -> BashParameters.VERSION_TEXT.replaceAll("\\(.*", "");
      case 'l' -> task.terminal().isPresent() ? "0" : "tty";
      case 't' -> moment("%H:%M:%S");
      case 'T' -> moment("%I:%M:%S");
      case '@' -> moment("%I:%M %p");
      case 'A' -> moment("%H:%M");
      case 'd' -> moment("%a %b %d");
      case 'W' -> isHome() ? "~" : escape(letter);
      default -> escape(letter);
    };
  }

  private boolean isHome() {
    Variables variables = state.variables();
    return variables.get("PWD", "/").equals(variables.get("HOME", ""));
  }

  private String moment(String format) {
    ZonedDateTime now = ZonedDateTime.now(TimeZones.of(task));
    return new TimeFormat(now, TimeZones.nameOf(task, now)).format(format);
  }

  private String escape(char letter) {
    Variables variables = state.variables();
    String directory = variables.get("PWD", "/");
    return switch (letter) {
      case 'w' -> shorten(directory, variables.get("HOME", ""));
      case 'W' -> directory.equals("/") ? "/" : directory.substring(directory.lastIndexOf('/') + 1);
      case 'h' -> task.kernel().hostname().split("\\.", 2)[0];
      case 'H' -> task.kernel().hostname();
      case 'u' -> variables.get("USER", variables.get("LOGNAME", "root"));
      case '$' -> task.files().credentials().isRoot() ? "#" : "\\$";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'e' -> "\033";
      case 'a' -> "\007";
      case '[', ']' -> "";
      case '\\' -> "\\\\";
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
