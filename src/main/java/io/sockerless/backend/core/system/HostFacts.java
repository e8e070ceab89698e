package io.sockerless.backend.core.system;

import com.sun.management.OperatingSystemMXBean;
import io.sockerless.backend.core.value.HostName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients are told of the machine that the server runs on.
 *
 * @param kernel the kernel's version
 * @param system the operating system's name for people
 * @param systemVersion its version, such as {@code 12}
 * @param architecture as {@code uname -m} says it
 * @param memory in bytes
 */
record HostFacts(
    String name,
    String kernel,
    String system,
    String systemVersion,
    String architecture,
    int processors,
    long memory) {

  /** Reads them, on any operating system. */
  static HostFacts read() {
    Map<String, String> release = release(Path.of("/etc/os-release"));
    String system = release.getOrDefault("PRETTY_NAME", System.getProperty("os.name", ""));
    OperatingSystemMXBean bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new HostFacts(
        HostName.read(),
        System.getProperty("os.version", ""),
        system,
        release.getOrDefault("VERSION_ID", ""),
        architecture(System.getProperty("os.arch", "")),
        Runtime.getRuntime().availableProcessors(),
        bean.getTotalMemorySize());
  }

  private static String architecture(String java) {
    return java.equals("amd64") ? "x86_64" : java;
  }

  /** The architecture as images name it. */
  String imageArchitecture() {
    return switch (architecture) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> architecture;
    };
  }

  private static Map<String, String> release(Path file) {
    Map<String, String> values = new TreeMap<>();
    for (String line : lines(file)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
      }
    }
    return values;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }
}
