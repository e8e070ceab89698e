package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.text.Test;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bash's {@code test}, which can ask whether a variable is set: no program could know. */
final class SetTest {

  private static final String NO_BRACKET = "missing ]";
  private static final String NO_NUMBER = "bad number";
  private static final String LARGE_NUMBER = "out of range";

  private SetTest() {}

  static int test(Invocation call) throws IOException {
    List<String> words = new ArrayList<>(call.words());
    for (int i = 1; i + 1 < words.size(); i++) {
      if (words.get(i).equals("-v") && isOperator(words, i)) {
        words.set(i, "-n");
        words.set(i + 1, isSet(call, words.get(i + 1)) ? "set" : "");
      }
    }
    boolean bracket = words.getFirst().equals("[");
    if (words.size() == (bracket ? 4 : 3) && words.get(1).equals("-a")) {
      words.set(1, "-e");
    }
    try {
      return Test.evaluate(call.task(), words) ? 0 : 1;
    } catch (Failure e) {
      call.complain(wording(String.valueOf(e.getMessage()), words));
      return e.code();
    }
  }

  /** What is wrong, in bash's words, which depend on how many operands there are. */
  private static String wording(String message, List<String> words) {
    if (message.equals(NO_BRACKET)) {
      return "missing `]'";
    }
    if (message.endsWith(NO_NUMBER) || message.endsWith(LARGE_NUMBER)) {
      int end = message.lastIndexOf(':');
      return (end < 0 ? "" : message.substring(0, end)) + ": integer expression expected";
    }
    int count = words.size() - (words.getFirst().equals("[") ? 2 : 1);
    boolean open = List.of("-a", "-o").contains(words.get(count));
    return switch (count) {
      case 2 -> words.get(1) + ": unary operator expected";
      case 3 -> words.get(2) + ": binary operator expected";
      default -> open ? "argument expected" : "too many arguments";
    };
  }

  /** It is an operand if it is compared with something. */
  private static boolean isOperator(List<String> words, int at) {
    String next = words.get(at + 1);
    boolean compared = at + 2 < words.size() && !words.get(at + 2).matches("]|-[ao]|\\)");
    return !next.equals("]") && !(compared && next.matches("=|==|!=|-[a-z][a-z]"));
  }

  private static boolean isSet(Invocation call, String name) throws IOException {
    return call.shell().isSet(name);
  }
}
