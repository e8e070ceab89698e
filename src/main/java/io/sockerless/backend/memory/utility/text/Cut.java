package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** {@code cut}: some bytes, characters or fields of each line. */
public final class Cut extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = options(task);
    List<String> kinds =
        options.given().stream().map(Options.Given::name).filter("bcf"::contains).toList();
    if (kinds.isEmpty()) {
      throw new Failure("expected a list of bytes, characters, or fields");
    }
    if (kinds.size() > 1) {
      throw new Failure("only one type of list may be specified");
    }
    char kind = kinds.getFirst().charAt(0);
    if (kind != 'f' && (options.has('s') || options.has('d'))) {
      String what = options.has('d') ? "an input delimiter" : "non-delimited lines";
      throw new Failure(
          options.has('d')
              ? what + " may be specified only when operating on fields"
              : "suppressing " + what + " makes sense only when operating on fields");
    }
    Ranges ranges = Ranges.parse(options.value(kind).orElseThrow());
    Cutter cutter = Cutter.of(kind, ranges, options);
    int end = options.has('z') ? 0 : '\n';
    return readEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          LineReader lines = new LineReader(task, input, end);
          while (lines.next()) {
            if (cutter.cut(output, lines.buffer(), lines.start(), lines.length())) {
              output.write(end);
            }
          }
        });
  }

  private static Options options(Task task) throws Failure {
    return Options.parse(
        task,
        "b:c:f:d:snz",
        "bytes=b",
        "characters=c",
        "fields=f",
        "delimiter=d",
        "only-delimited=s",
        "output-delimiter:",
        "complement",
        "zero-terminated=z");
  }
}
