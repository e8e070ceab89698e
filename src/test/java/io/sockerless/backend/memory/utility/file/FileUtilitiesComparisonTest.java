package io.sockerless.backend.memory.utility.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.support.BusyBox;
import io.sockerless.backend.memory.support.Sandbox;
import io.sockerless.backend.memory.utility.text.TextUtilities;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of the case files is a case: commands between semicolons that run in the sandbox and
 * in the host's BusyBox one after the other, each in an empty folder of its own. Output, errors and
 * exit codes of all of them are the same.
 *
 * <p>Words are quoted by {@code '} alone, and {@code \n} in quotes is a newline. {@code write FILE
 * TEXT} makes a file, and {@code < TEXT} at a command's end is its standard input.
 */
class FileUtilitiesComparisonTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PATH", "/usr/bin:/bin", "TZ", "UTC", "HOME", "/root");

  private static final String PAGE_OF_HELP = "BusyBox v";

  private record Command(List<String> words, String input) {}

  static Stream<String> cases() throws IOException {
    List<String> cases = new ArrayList<>();
    for (String name : List.of("cases.txt", "calculators.txt", "more.txt")) {
      try (InputStream file = FileUtilitiesComparisonTest.class.getResourceAsStream(name)) {
        new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(cases::add);
      }
    }
    return cases.stream().filter(line -> !line.isBlank() && !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void behavesAsBusyBoxDoes(String line) throws IOException {
    Sandbox sandbox = sandbox();
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    try (BusyBox busyBox = BusyBox.inEmptyFolder()) {
      for (Command command : parse(line)) {
        List<String> words = command.words();
        if (words.getFirst().equals("write")) {
          Files.writeString(busyBox.folder().resolve(words.get(1)), words.get(2));
          sandbox.withFile(words.get(1), words.get(2));
          continue;
        }
        BusyBox.Result theirs = busyBox.run(ENVIRONMENT, command.input(), words);
        Sandbox.Result ours = sandbox.withInput(command.input()).run(words.toArray(String[]::new));
        String errors = text(ours.errorBytes());
        String theirErrors = withoutPage(theirs.errors(), errors);
        expected.append(transcript(words, theirs.output(), theirErrors, theirs.code()));
        actual.append(transcript(words, text(ours.outputBytes()), errors, ours.code()));
      }
    }
    assertThat(actual.toString()).isEqualTo(expected.toString());
  }

  /** Of a wrong use BusyBox says nothing but a page of help, and we in a line what is wrong. */
  private static String withoutPage(String theirs, String ours) {
    int page = theirs.indexOf(PAGE_OF_HELP);
    boolean nothingElse = page == 0 && !ours.isEmpty();
    return nothingElse ? ours : page > 0 ? theirs.substring(0, page) : theirs;
  }

  private static String transcript(List<String> words, String output, String errors, int code) {
    return "$ " + words + "\n" + output + errors + "=> " + code + "\n";
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Sandbox sandbox() {
    Map<String, Program> programs = new HashMap<>(TextUtilities.programs());
    programs.putAll(FileUtilities.programs());
    Sandbox sandbox = new Sandbox().asChild();
    try {
      sandbox.files().makeDirectory("/etc", 0755);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    sandbox.withFile(
        "/etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
            + "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n");
    sandbox.withFile("/etc/group", "root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n");
    programs.forEach(sandbox::with);
    ENVIRONMENT.forEach(sandbox::withEnvironment);
    return sandbox;
  }

  private static List<Command> parse(String line) {
    List<Command> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean started = false;
    boolean plain = true;
    for (char c : (line + " ; ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
        started = true;
        plain = false;
      } else if (quoted || c != ' ') {
        word.append(c);
        started = true;
      } else if (started) {
        String text = word.toString().replace("\\n", "\n").replace("\\t", "\t");
        word.setLength(0);
        started = false;
        if (text.equals(";") && plain) {
          commands.add(command(words));
          words = new ArrayList<>();
        } else {
          words.add(text);
        }
        plain = true;
      }
    }
    return commands;
  }

  private static Command command(List<String> words) {
    int less = words.size() - 2;
    if (less > 0 && words.get(less).equals("<")) {
      return new Command(List.copyOf(words.subList(0, less)), words.getLast());
    }
    return new Command(List.copyOf(words), "");
  }
}
