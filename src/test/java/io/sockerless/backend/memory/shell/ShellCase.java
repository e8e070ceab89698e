package io.sockerless.backend.memory.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One script of the conformance suite, from a file of such:
 *
 * <pre>
 * === what the case is about
 * &#64;like busybox      the shell that is right, where dash and BusyBox differ
 * &#64;input one\ntwo\n  standard input
 * &#64;stdin             the script is read from standard input
 * the script
 * </pre>
 */
record ShellCase(
    String title, Optional<String> like, String input, List<String> arguments, String script) {

  /** All cases of a file next to this class. */
  static List<ShellCase> read(String file) {
    try (InputStream in = ShellCase.class.getResourceAsStream("conformance/" + file + ".txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<ShellCase> cases = new ArrayList<>();
      for (String block : text.split("(?m)^=== ")) {
        if (!block.isBlank()) {
          cases.add(parse(block));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ShellCase parse(String block) {
    String title = block.substring(0, block.indexOf('\n'));
    Optional<String> like = Optional.empty();
    String input = "";
    boolean fromInput = false;
    StringBuilder script = new StringBuilder();
    for (String line : block.substring(title.length() + 1).split("\n", -1)) {
      if (line.startsWith("@like ")) {
        like = Optional.of(line.substring(6).strip());
      } else if (line.startsWith("@input ")) {
        input = line.substring(7).translateEscapes();
      } else if (line.equals("@stdin")) {
        fromInput = true;
      } else {
        script.append(line).append('\n');
      }
    }
    String text = script.toString().stripTrailing() + "\n";
    return fromInput
        ? new ShellCase(title, like, text + input, List.of("-s"), text)
        : new ShellCase(title, like, input, List.of("-c", text, "sh"), text);
  }
}
