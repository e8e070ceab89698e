package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.TerminalSettings;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.LineInput;
import io.sockerless.backend.memory.shell.Variables;
import io.sockerless.backend.memory.shell.syntax.Parser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a line into variables. */
final class Reading {

  private static final String LETTERS = "rsp:n:t:d:u:";
  private static final String BASH_LETTERS = LETTERS + "a:ei:N:";

  /** What no byte is. */
  private static final int NONE = -1;

  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private Reading() {}

  /** A line, and whether it was whole. */
  private record Line(String text, boolean complete, boolean late) {}

  static int read(Invocation call) throws IOException {
    OptionLetters options =
        OptionLetters.parse(call, call.state().isBash() ? BASH_LETTERS : LETTERS);
    int number = call.requireNumber(options.value('u').orElse("0"));
    OpenFile file = call.task().descriptors().get(number);
    options
        .value('p')
        .filter(prompt -> file.isTerminal())
        .ifPresent(call.shell().messages()::print);
    if (options.has('t') && timeout(call, options) == 0) {
      return file.awaitReadable(0) ? 0 : 1;
    }
    Line line;
    try {
      line = withTerminal(call, options, file);
    } catch (PosixException e) {
      if (e.errno() == Errno.EINTR) {
        return 128 + Signal.INT.number();
      }
      throw e;
    }
    if (options.has('a')) {
      return array(call, options, line);
    }
    List<String> names = options.operands().isEmpty() ? List.of("REPLY") : options.operands();
    boolean whole = options.operands().isEmpty() || options.has('N');
    for (String name : names) {
      if (!Parser.isName(name)) {
        throw call.abort(name + ": bad variable name");
      }
    }
    String separators = call.state().variables().get("IFS", " \t\n");
    ReadFields fields = ReadFields.of(line.text(), options.has('r'));
    List<String> values = whole ? List.of(fields.text()) : fields.split(separators, names.size());
    for (int i = 0; i < names.size(); i++) {
      call.state().variables().set(names.get(i), i < values.size() ? values.get(i) : "");
    }
    return status(call, line);
  }

  /** Bash tells a line that did not come in time from one that ended early. */
  private static int status(Invocation call, Line line) {
    if (line.complete()) {
      return 0;
    }
    return line.late() && call.state().isBash() ? 128 + Signal.ALRM.number() : 1;
  }

  private static int array(Invocation call, OptionLetters options, Line line) throws IOException {
    String name = options.value('a').orElse("");
    Variables variables = call.state().variables();
    String separators = variables.get("IFS", " \t\n");
    ReadFields fields = ReadFields.of(line.text(), options.has('r'));
    List<String> values = fields.splitAll(separators);
    variables.clearArray(name, false);
    for (int i = 0; i < values.size(); i++) {
      variables.setElement(name, Integer.toString(i), values.get(i));
    }
    return status(call, line);
  }

  /** Reads without echo, or without waiting for a line's end, if that is wished. */
  private static Line withTerminal(Invocation call, OptionLetters options, OpenFile file)
      throws IOException {
    boolean raw = options.has('n') || options.has('N') || options.has('s') || options.has('d');
    if (!raw || !(file instanceof Terminal.Line terminalLine)) {
      return line(call, options, file);
    }
    Terminal terminal = terminalLine.terminal();
    TerminalSettings before = terminal.settings();
    boolean canonical =
        before.canonical() && !options.has('n') && !options.has('N') && !options.has('d');
    terminal.setSettings(
        new TerminalSettings(
            canonical,
            before.echo() && !options.has('s'),
            before.signals(),
            before.returnToNewline(),
            before.processOutput(),
            1,
            0));
    try {
      return line(call, options, file);
    } finally {
      terminal.setSettings(before);
    }
  }

  private static Line line(Invocation call, OptionLetters options, OpenFile file)
      throws IOException {
    String delimiterText = options.value('d').orElse("\n");
    boolean exactly = options.has('N');
    int delimiter =
        exactly ? NONE : delimiterText.isEmpty() ? 0 : Text.encode(delimiterText)[0] & 0xff;
    Optional<String> limit = options.value(exactly ? 'N' : 'n');
    int most = limit.isPresent() ? call.requireNumber(limit.get()) : 0;
    OptionalLong deadline =
        options.has('t')
            ? OptionalLong.of(System.nanoTime() + timeout(call, options))
            : OptionalLong.empty();
    LineInput input = new LineInput(call.task(), file);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (true) {
      byte[] more =
          input.next(delimiter, most > 0 ? most - bytes.size() : Integer.MAX_VALUE, deadline);
      bytes.writeBytes(more);
      byte[] all = bytes.toByteArray();
      boolean ended = all.length > 0 && (all[all.length - 1] & 0xff) == delimiter;
      if (ended && (options.has('r') || !isEscaped(all))) {
        return new Line(Text.decode(all, 0, all.length - 1), true, false);
      }
      boolean late = deadline.isPresent() && System.nanoTime() >= deadline.getAsLong();
      if (more.length == 0 || late || (most > 0 && all.length >= most)) {
        return new Line(Text.decode(all), most > 0 && all.length >= most, late);
      }
    }
  }

  private static boolean isEscaped(byte[] line) {
    int count = 0;
    for (int i = line.length - 2; i >= 0 && line[i] == '\\'; i--) {
      count++;
    }
    return count % 2 == 1;
  }

  private static long timeout(Invocation call, OptionLetters options) {
    String text = options.value('t').orElse("");
    try {
      double seconds = Double.parseDouble(text);
      if (seconds >= 0 && seconds < Integer.MAX_VALUE) {
        return (long) (seconds * NANOS);
      }
    } catch (NumberFormatException e) {
      throw call.abort("invalid timeout");
    }
    throw call.abort("invalid timeout");
  }
}
