package io.sockerless.agent.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as tests want them. */
final class Commands {

  static final String PATH = "PATH=/usr/local/bin:/usr/bin:/bin";

  private Commands() {}

  /** A script for the shell, on pipes. */
  static Command shell(String script) {
    return of("", false, "sh", "-c", script);
  }

  /** A script for the shell, on a terminal. */
  static Command terminal(String script) {
    return of("", true, "sh", "-c", script);
  }

  static Command as(String user, String script) {
    return of(user, false, "sh", "-c", script);
  }

  static Command of(String user, boolean tty, String... command) {
    return new Command(
        List.of(command),
        List.of(PATH, "HOME=/"),
        "/",
        user,
        tty,
        true,
        tty ? 24 : 0,
        tty ? 80 : 0);
  }

  /** All that a process writes to standard output, to its end. */
  static String output(LocalProcess process) throws IOException {
    return new String(process.stdout().readAllBytes(), UTF_8);
  }

  static int exit(LocalProcess process) throws Exception {
    return process.exit().get(20, TimeUnit.SECONDS);
  }

  /** Reads a terminal or pipe until a text has come. */
  static String readUntil(LocalProcess process, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[1_024];
    while (read.indexOf(text) < 0) {
      int count = process.stdout().read(buffer);
      if (count < 0) {
        throw new IOException("only: " + read);
      }
      read.append(new String(buffer, 0, count, UTF_8));
    }
    return read.toString();
  }
}
