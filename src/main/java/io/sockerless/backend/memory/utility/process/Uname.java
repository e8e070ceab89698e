package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Prints what the system is. */
final class Uname extends Utility {

  private static final String NOTHING_KNOWN = "unknown";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "snrvmpioa",
            "all=a",
            "kernel-name=s",
            "nodename=n",
            "kernel-release=r",
            "kernel-version=v",
            "machine=m",
            "operating-system=o");
    options.operands(0, 0);
    boolean all = options.has('a');
    boolean none = options.given().isEmpty();
    List<String> words = new ArrayList<>();
    add(words, all || none || options.has('s'), "Linux");
    add(words, all || options.has('n'), task.kernel().hostname());
    add(words, all || options.has('r'), SystemFacts.release(task));
    add(words, all || options.has('v'), "#1 SMP");
    add(words, all || options.has('m'), SystemFacts.machine());
    add(words, options.has('p'), NOTHING_KNOWN);
    add(words, options.has('i'), NOTHING_KNOWN);
    add(words, all || options.has('o'), "Linux");
    output.printLine(String.join(" ", words));
    return 0;
  }

  private static void add(List<String> words, boolean wanted, String word) {
    if (wanted) {
      words.add(word);
    }
  }
}
