package io.sockerless.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what a Java process holds, after a collection, to find what it has forgotten to let go.
 */
public final class LiveObjects {

  private static final int NAME = 4;

  private LiveObjects() {}

  /** How many objects of classes with a prefix are alive, by class. */
  public static Map<String, Long> of(Process process, String prefix) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : jcmd(process, "GC.class_histogram").lines().toList()) {
      String[] columns = line.split("\\s+");
      if (columns.length >= NAME + 1 && columns[NAME].startsWith(prefix)) {
        counts.put(columns[NAME], Long.valueOf(columns[2]));
      }
    }
    return counts;
  }

  /** How many bytes the heap holds. */
  public static long bytes(Process process) {
    String total = jcmd(process, "GC.class_histogram").lines().toList().getLast();
    return Long.parseLong(total.strip().split("\\s+")[2]);
  }

  /** How many threads there are whose name begins so, virtual ones as well. */
  public static long threads(Process process, String name) {
    try {
      Path dump = Scratch.folder("threads").resolve("dump");
      jcmd(process, "Thread.dump_to_file", dump.toString());
      try (var lines = Files.lines(dump)) {
        return lines.filter(line -> line.startsWith("#") && line.contains(" \"" + name)).count();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String jcmd(Process process, String... command) {
    String[] whole = new String[command.length + 2];
    whole[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    whole[1] = Long.toString(process.pid());
    System.arraycopy(command, 0, whole, 2, command.length);
    try {
      Process jcmd = new ProcessBuilder(whole).redirectErrorStream(true).start();
      String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
