package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Locale;

/** {@code cat}: files one after the other, on request with numbers and with control bytes shown. */
public final class Cat extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "nbevtAsuET",
            "number=n",
            "number-nonblank=b",
            "show-all=A",
            "show-ends=E",
            "show-tabs=T",
            "show-nonprinting=v",
            "squeeze-blank=s");
    if (options.given().stream().allMatch(it -> it.name().equals("u"))) {
      return openEach(task, output, options.files(), (name, input) -> copy(input, output));
    }
    Lines lines = new Lines(options, output);
    return openEach(task, output, options.files(), (name, input) -> lines.print(task, input));
  }

  private static void copy(Input input, Output output) throws IOException {
    byte[] buffer = new byte[65_536];
    int count;
    while ((count = input.read(buffer, 0, buffer.length)) >= 0) {
      output.write(buffer, 0, count);
      output.flush();
    }
  }

  /** What is remembered from one file to the next. */
  private static final class Lines {
    private final Output output;
    private final boolean numbers;
    private final boolean nonBlankNumbers;
    private final boolean squeeze;
    private final boolean ends;
    private final Visible visible;
    private final boolean escape;
    private long number;
    private boolean lastBlank;

    Lines(Options options, Output output) {
      this.output = output;
      this.nonBlankNumbers = options.has('b');
      this.numbers = options.has('n') || nonBlankNumbers;
      this.squeeze = options.has('s');
      boolean all = options.has('A');
      this.ends = all || options.has('e') || options.has('E');
      boolean tabs = all || options.has('t') || options.has('T');
      this.escape = all || options.has('e') || options.has('t') || options.has('v') || tabs;
      this.visible = new Visible(tabs);
    }

    void print(Task task, Input input) throws IOException {
      LineReader lines = new LineReader(task, input);
      while (lines.next()) {
        boolean blank = lines.length() == 0;
        if (squeeze && blank && lastBlank) {
          continue;
        }
        lastBlank = blank;
        if (numbers && !(blank && nonBlankNumbers)) {
          output.print(String.format(Locale.ROOT, "%6d\t", ++number));
        }
        printLine(lines);
      }
    }

    private void printLine(LineReader lines) throws IOException {
      if (escape) {
        visible.print(output, lines.buffer(), lines.start(), lines.length());
      } else {
        output.write(lines.buffer(), lines.start(), lines.length());
      }
      if (lines.isTerminated()) {
        output.print(ends ? "$\n" : "\n");
      } else if (numbers) {
        output.write('\n');
      }
    }
  }
}
