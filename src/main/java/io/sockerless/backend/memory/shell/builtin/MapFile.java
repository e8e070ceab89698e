package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.LineInput;
import io.sockerless.backend.memory.shell.Variables;
import io.sockerless.backend.memory.shell.expand.Words;
import java.io.IOException;
import java.util.List;

/** Reads lines into an array: {@code mapfile}, also called {@code readarray}. */
final class MapFile {

  /** How many lines come before the command of the option C runs, if nobody says. */
  private static final String INTERVAL = "5000";

  private MapFile() {}

  static int mapfile(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "td:n:O:s:u:C:c:");
    List<String> operands = options.operands();
    String name = operands.isEmpty() ? "MAPFILE" : operands.getFirst();
    int from = call.requireNumber(options.value('O').orElse("0"));
    int most = call.requireNumber(options.value('n').orElse("0"));
    int skipped = call.requireNumber(options.value('s').orElse("0"));
    String delimiterText = options.value('d').orElse("\n");
    int delimiter = delimiterText.isEmpty() ? 0 : Text.encode(delimiterText)[0] & 0xff;
    OpenFile file =
        call.task().descriptors().get(call.requireNumber(options.value('u').orElse("0")));
    Variables variables = call.state().variables();
    if (options.has('O')) {
      variables.makeArray(name, false);
    } else {
      variables.clearArray(name, false);
    }
    int interval = call.requireNumber(options.value('c').orElse(INTERVAL));
    LineInput input = new LineInput(call.task(), file);
    int count = 0;
    for (byte[] line = next(input, delimiter); line.length > 0; line = next(input, delimiter)) {
      if (count >= skipped) {
        boolean whole = (line[line.length - 1] & 0xff) == delimiter;
        int length = line.length - (whole && (options.has('t') || delimiter == 0) ? 1 : 0);
        String key = Integer.toString(from + count - skipped);
        String text = Text.decode(line, 0, length);
        if (options.has('C') && interval > 0 && (count - skipped + 1) % interval == 0) {
          call.shell()
              .evaluate(options.value('C').orElse("") + " " + key + " " + Words.quote(text));
        }
        variables.setElement(name, key, text);
      }
      count++;
      if (most > 0 && count - skipped >= most) {
        break;
      }
    }
    return 0;
  }

  private static byte[] next(LineInput input, int delimiter) throws IOException {
    return input.next(delimiter, Integer.MAX_VALUE);
  }
}
