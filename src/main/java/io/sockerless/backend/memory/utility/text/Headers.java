package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;

/** The lines that {@code head} and {@code tail} print before each file of several. */
final class Headers {

  private final boolean wanted;
  private boolean first = true;

  private Headers(boolean wanted) {
    this.wanted = wanted;
  }

  /** Wanted with {@code -v}, or for several files without {@code -q}. */
  static Headers of(Options options) {
    boolean several = options.files().size() > 1 && !options.has('q');
    return new Headers(several || options.has('v'));
  }

  void print(Output output, String name) throws IOException {
    if (wanted) {
      String shown = name.equals("-") ? "standard input" : name;
      output.printLine((first ? "" : "\n") + "==> " + shown + " <==");
      first = false;
    }
  }
}
