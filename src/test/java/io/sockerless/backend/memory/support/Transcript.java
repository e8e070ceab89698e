package io.sockerless.backend.memory.support;

import io.sockerless.backend.memory.kernel.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command and what it is expected to do, as the files in {@code transcripts} record it.
 *
 * <p>A case begins with {@code $} and the command; then come lines of its output after {@code >}
 * ({@code >|} for one without a newline), the first line of its errors after {@code !}, and its
 * exit code after {@code =}. The command's words are quoted as in a shell; {@code <} at its end
 * gives it a file as input, {@code ⏎} is a newline, and {@code ;;} stands between commands that run
 * one after the other.
 */
public record Transcript(String command, byte[] output, String error, int code) {

  private static final Pattern REDIRECTED = Pattern.compile("(.*) < ([a-z0-9]+)", Pattern.DOTALL);
  private static final Path FOLDER = Path.of("src/test/resources/transcripts");

  /** One of the commands of a case. */
  public record Step(List<String> words, String input) {}

  /** The cases of a file. */
  public static List<Transcript> read(String name) {
    List<Transcript> cases = new ArrayList<>();
    String command = "";
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String error = "";
    try {
      for (String line : Files.readAllLines(FOLDER.resolve(name), StandardCharsets.UTF_8)) {
        String content = line.length() > 2 ? line.substring(2) : "";
        switch (line.isEmpty() ? ' ' : line.charAt(0)) {
          case '$' -> command = content;
          case '!' -> error = Text.decode(unescape(content));
          case '>' -> {
            boolean open = line.startsWith(">| ");
            output.write(unescape(open ? line.substring(3) : content));
            output.write(open ? new byte[0] : new byte[] {'\n'});
          }
          case '=' -> {
            int code = Integer.parseInt(content);
            cases.add(new Transcript(command, output.toByteArray(), error, code));
            output.reset();
            error = "";
          }
          default -> {}
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  /** The files that all cases find in their working directory. */
  public static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER.resolve("files"))) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static byte[] unescape(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\') {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char kind = text.charAt(i++);
      if (kind == 'x') {
        bytes.write(Integer.parseInt(text.substring(i, i + 2), 16));
        i += 2;
      } else {
        bytes.write(kind == 't' ? '\t' : kind);
      }
    }
    return bytes.toByteArray();
  }

  /** The commands of the case. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (String step : command.replace('⏎', '\n').split(" ;; ")) {
      Matcher redirected = REDIRECTED.matcher(step);
      boolean matches = redirected.matches();
      steps.add(
          new Step(
              words(matches ? redirected.group(1) : step), matches ? redirected.group(2) : ""));
    }
    return steps;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && c == ' ') {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
        continue;
      }
      inWord = true;
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\'
          && (quote == 0 || quote == '"' && "\\\"$".indexOf(line.charAt(i + 1)) >= 0)) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
