package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.BashOption;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Bash's options beside those of {@code set}. */
final class Shopt {

  private Shopt() {}

  static int shopt(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "supqo");
    if (options.has('o')) {
      throw call.abort("-o: use set -o");
    }
    Set<BashOption> set = call.state().bash().options();
    List<String> names = options.operands();
    int status = 0;
    if (names.isEmpty()) {
      for (BashOption option : BashOption.values()) {
        call.print(line(option, set.contains(option), options.has('p')));
      }
    }
    for (String name : names) {
      Optional<BashOption> option = BashOption.of(name);
      if (option.isEmpty()) {
        call.complain(name + ": invalid shell option name");
        status = 1;
      } else if (options.has('s')) {
        set.add(option.get());
      } else if (options.has('u')) {
        set.remove(option.get());
      } else {
        boolean on = set.contains(option.get());
        status |= on ? 0 : 1;
        call.print(options.has('q') ? "" : line(option.get(), on, options.has('p')));
      }
    }
    return status;
  }

  private static String line(BashOption option, boolean on, boolean reusable) {
    return reusable
        ? "shopt " + (on ? "-s " : "-u ") + option.longName() + "\n"
        : "%-15s\t%s\n".formatted(option.longName(), on ? "on" : "off");
  }
}
