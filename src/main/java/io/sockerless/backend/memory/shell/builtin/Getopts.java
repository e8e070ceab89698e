package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.ShellState;
import io.sockerless.backend.memory.shell.Variables;
import java.io.IOException;
import java.util.List;

/** Reads a script's options one by one; where it is within a word is kept in the shell's state. */
final class Getopts {

  private Getopts() {}

  static int getopts(Invocation call) throws IOException {
    List<String> operands = call.operands();
    if (operands.size() < 2) {
      throw call.abort("usage: getopts optstring var [arg...]");
    }
    ShellState state = call.state();
    List<String> words =
        operands.size() > 2 ? operands.subList(2, operands.size()) : state.parameters();
    return next(call, operands.get(0), operands.get(1), words);
  }

  private static int next(Invocation call, String letters, String name, List<String> words)
      throws IOException {
    Variables variables = call.state().variables();
    int index = Math.max(1, Invocation.number(variables.get("OPTIND", "1")).orElse(1));
    int offset = call.state().optionOffset(index);
    String word = index <= words.size() ? words.get(index - 1) : "";
    if (offset == 1 && (word.length() < 2 || word.charAt(0) != '-' || word.equals("--"))) {
      finish(call, index + (word.equals("--") ? 1 : 0), 1);
      variables.set(name, "?");
      variables.unset("OPTARG");
      return 1;
    }
    char letter = word.charAt(offset);
    boolean wordEnds = offset + 1 == word.length();
    int known = letter == ':' ? -1 : letters.indexOf(letter);
    boolean takesArgument = known >= 0 && letters.startsWith(":", known + 1);
    if (!takesArgument) {
      finish(call, wordEnds ? index + 1 : index, wordEnds ? 1 : offset + 1);
      plain(call, letters, name, letter, known >= 0);
      return 0;
    }
    if (!wordEnds) {
      finish(call, index + 1, 1);
      variables.set("OPTARG", word.substring(offset + 1));
      variables.set(name, String.valueOf(letter));
    } else if (index < words.size()) {
      finish(call, index + 2, 1);
      variables.set("OPTARG", words.get(index));
      variables.set(name, String.valueOf(letter));
    } else {
      finish(call, index + 1, 1);
      missing(call, letters, name, letter);
    }
    return 0;
  }

  private static void plain(
      Invocation call, String letters, String name, char letter, boolean known) throws IOException {
    Variables variables = call.state().variables();
    variables.set("OPTARG", "");
    if (!known) {
      if (letters.startsWith(":")) {
        variables.set("OPTARG", String.valueOf(letter));
      } else {
        variables.unset("OPTARG");
        call.shell().messages().print("Illegal option -" + letter + "\n");
      }
    }
    variables.set(name, known ? String.valueOf(letter) : "?");
  }

  private static void missing(Invocation call, String letters, String name, char letter)
      throws IOException {
    Variables variables = call.state().variables();
    if (letters.startsWith(":")) {
      variables.set("OPTARG", String.valueOf(letter));
      variables.set(name, ":");
    } else {
      call.shell().messages().print("No arg for -" + letter + " option\n");
      variables.unset("OPTARG");
      variables.set(name, "?");
    }
  }

  private static void finish(Invocation call, int index, int offset) throws IOException {
    call.state().variables().set("OPTIND", Integer.toString(index));
    call.state().setOptionOffset(index, offset);
  }
}
