package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** {@code uudecode}: makes the file again that {@link Uuencode} made text of. */
public final class Uudecode extends Utility {

  private static final String PLAIN = "begin ";
  private static final String BASE64 = "begin-base64 ";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "o:");
    String file = options.files().getFirst();
    try (LineReader lines = new LineReader(task, open(task, file))) {
      while (lines.next()) {
        String line = lines.text();
        boolean base64 = line.startsWith(BASE64);
        if (base64 || line.startsWith(PLAIN)) {
          decode(task, output, lines, base64, line, options.value('o'));
          return 0;
        }
      }
    }
    throw new Failure("no 'begin' line");
  }

  private static Input open(Task task, String file) throws IOException {
    try {
      return Input.open(task, file);
    } catch (PosixException e) {
      throw Failure.of(1, file, e);
    }
  }

  private static void decode(
      Task task,
      Output output,
      LineReader lines,
      boolean base64,
      String begin,
      Optional<String> name)
      throws IOException {
    String[] words = begin.split(" ", 3);
    int mode =
        Quantities.parse(words[1], 8).orElseThrow(() -> new Failure("bad mode")).intValue() & 0777;
    String target = name.orElse(words.length > 2 ? words[2] : "");
    if (target.equals("-") || target.equals("/dev/stdout")) {
      copy(lines, base64, output);
      return;
    }
    try (Output made = new Output(task, task.files().create(target, OpenMode.WRITE, 0666, false))) {
      task.files().setMode(target, mode);
      copy(lines, base64, made);
    }
  }

  private static void copy(LineReader lines, boolean base64, Output output) throws IOException {
    String end = base64 ? "====" : "end";
    while (lines.next()) {
      String line = lines.text();
      if (line.equals(end)) {
        return;
      }
      output.write(base64 ? fromBase64(line) : fromLine(line));
    }
    throw new Failure("short file");
  }

  private static byte[] fromBase64(String line) throws Failure {
    try {
      return Base64.getMimeDecoder().decode(line);
    } catch (IllegalArgumentException e) {
      throw (Failure) new Failure("invalid input").initCause(e);
    }
  }

  private static byte[] fromLine(String line) throws Failure {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int length = line.isEmpty() ? 0 : value(line, 0);
    for (int at = 1; bytes.size() < length; at += 4) {
      if (at >= line.length()) {
        throw new Failure("short file");
      }
      int group =
          value(line, at) << 18
              | value(line, at + 1) << 12
              | value(line, at + 2) << 6
              | value(line, at + 3);
      for (int shift = 16; shift >= 0 && bytes.size() < length; shift -= 8) {
        bytes.write(group >> shift);
      }
    }
    return bytes.toByteArray();
  }

  private static int value(String line, int index) {
    return index < line.length() ? line.charAt(index) - ' ' & 0x3f : 0;
  }
}
