package io.sockerless.backend.core.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the machine that the server runs on is called. */
public final class HostName {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** Not asked of the resolver, which may wait for a name server that is not there. */
  public static String read() {
    try {
      String name = Files.readString(KERNEL).strip();
      if (!name.isEmpty()) {
        return name;
      }
    } catch (IOException e) {
      // Another operating system tells it in its own way.
    }
    return System.getenv().getOrDefault("COMPUTERNAME", "localhost");
  }
}
