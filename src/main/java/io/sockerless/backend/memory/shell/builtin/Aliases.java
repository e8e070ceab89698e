package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.Quoting;
import java.io.IOException;
import java.util.Map;

/** Names that stand for text. */
final class Aliases {

  private Aliases() {}

  static int alias(Invocation call) throws IOException {
    Map<String, String> aliases = call.state().aliases();
    StringBuilder text = new StringBuilder();
    if (call.arguments().isEmpty()) {
      aliases.forEach((name, value) -> text.append(line(name, value)));
    }
    int status = 0;
    for (String operand : call.operands()) {
      int equals = operand.indexOf('=', 1);
      if (equals > 0) {
        aliases.put(operand.substring(0, equals), operand.substring(equals + 1));
      } else if (aliases.containsKey(operand)) {
        text.append(line(operand, aliases.get(operand)));
      } else {
        call.shell().messages().print("alias: " + operand + " not found\n");
        status = 1;
      }
    }
    call.print(text.toString());
    return status;
  }

  private static String line(String name, String value) {
    return name + "=" + Quoting.quote(value) + "\n";
  }

  static int unalias(Invocation call) {
    OptionLetters options = OptionLetters.parse(call, "a");
    Map<String, String> aliases = call.state().aliases();
    if (options.has('a')) {
      aliases.clear();
    }
    int status = 0;
    for (String operand : options.operands()) {
      if (aliases.remove(operand) == null) {
        call.shell().messages().print("unalias: " + operand + " not found\n");
        status = 1;
      }
    }
    return status;
  }
}
