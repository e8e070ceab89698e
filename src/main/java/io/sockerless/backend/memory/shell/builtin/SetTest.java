package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.utility.text.Test;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bash's {@code test}, which can ask whether a variable is set: no program could know. */
final class SetTest {

  private SetTest() {}

  static int test(Invocation call) throws IOException {
    List<String> words = new ArrayList<>(call.words());
    for (int i = 1; i + 1 < words.size(); i++) {
      if (words.get(i).equals("-v") && isOperator(words, i)) {
        words.set(i, "-n");
        words.set(i + 1, isSet(call, words.get(i + 1)) ? "set" : "");
      }
    }
    List<String> own = call.task().arguments();
    call.task().setArguments(words);
    try {
      return new Test().run(call.task());
    } finally {
      call.task().setArguments(own);
    }
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
