package io.sockerless.agent.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the agent itself was started with, in UTF-8 whatever the locale says. Java decodes it as the
 * locale asks, and most containers have none, so that all but ASCII would be lost on the way to the
 * command that the agent was put in front of.
 */
public final class OwnProcess {

  private OwnProcess() {}

  /** Its environment, {@code NAME=value}. */
  public static List<String> environment() {
    return texts("environ");
  }

  /**
   * Its last arguments, which are those of {@code main}: the launcher's own are in front of them.
   *
   * @param count how many {@code main} has got
   */
  public static List<String> arguments(int count) {
    List<String> all = texts("cmdline");
    return List.copyOf(all.subList(all.size() - count, all.size()));
  }

  private static List<String> texts(String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/self", file));
      List<String> texts = new ArrayList<>();
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == 0) {
          texts.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
          start = i + 1;
        }
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
