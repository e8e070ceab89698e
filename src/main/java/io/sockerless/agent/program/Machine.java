package io.sockerless.agent.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the agent runs on. */
final class Machine {

  private static final String TOTAL = "MemTotal:";

  private Machine() {}

  /** All its memory in bytes, 0 if it does not say. */
  static long memory() {
    try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/meminfo"))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith(TOTAL)) {
          String number = line.substring(TOTAL.length(), line.length() - "kB".length()).strip();
          return Long.parseLong(number) * 1024;
        }
      }
    } catch (IOException e) {
      // Said below.
    }
    return 0;
  }
}
