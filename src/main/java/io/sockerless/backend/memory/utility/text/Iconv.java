package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** {@code iconv}: text from one encoding to another. */
public final class Iconv extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "f:t:clo:s", "from-code=f", "to-code=t", "list=l", "output=o", "silent=s");
    if (options.has('l')) {
      for (String name : Charset.availableCharsets().keySet()) {
        output.printLine(name);
      }
      return 0;
    }
    Charset from = charset(options.value('f').orElse("UTF-8"));
    String target = options.value('t').orElse("UTF-8");
    Charset to = charset(target);
    boolean lenient = options.has('c') || target.contains("//");
    if (options.value('o').isEmpty()) {
      return convertAll(task, output, options, from, to, lenient);
    }
    String name = options.value('o').get();
    try (Output file = new Output(task, task.files().create(name, OpenMode.WRITE, 0666, false))) {
      return convertAll(task, file, options, from, to, lenient);
    }
  }

  private static int convertAll(
      Task task, Output output, Options options, Charset from, Charset to, boolean lenient)
      throws IOException {
    return readEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          try (Charge charge = new Charge(task)) {
            convert(input.readAll(charge), output, from, to, lenient);
          }
        });
  }

  private static Charset charset(String name) throws Failure {
    String plain = name.contains("//") ? name.substring(0, name.indexOf("//")) : name;
    try {
      return Charset.forName(plain.isEmpty() ? "UTF-8" : plain);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Failure("unsupported encoding: " + name);
    }
  }

  private static void convert(
      byte[] bytes, Output output, Charset from, Charset to, boolean lenient) throws IOException {
    CodingErrorAction onError = lenient ? CodingErrorAction.IGNORE : CodingErrorAction.REPORT;
    try {
      CharBuffer text =
          from.newDecoder()
              .onMalformedInput(onError)
              .onUnmappableCharacter(onError)
              .decode(ByteBuffer.wrap(bytes));
      ByteBuffer encoded =
          to.newEncoder().onMalformedInput(onError).onUnmappableCharacter(onError).encode(text);
      output.write(encoded.array(), encoded.arrayOffset(), encoded.remaining());
    } catch (CharacterCodingException e) {
      throw Failure.of(1, "conversion failed", e);
    }
  }
}
