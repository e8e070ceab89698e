package io.sockerless.launcher;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes that a server has loaded, linked, and how its methods were used (JEP 483 and 515): a
 * JVM that has them from the start starts faster. One server records them as it ends, and the next
 * one has them assembled, which takes seconds too, once it is ready.
 */
final class ClassCache {
  private static final String RECORDING = "-XX:AOTMode=record";
  private static final List<String> QUIETLY = List.of("-Xlog:aot=off", "-Xlog:cds=off");

  private final Path directory;
  private final Path cache;
  private final Path record;

  /** In that folder; for this JVM alone, since another one could not read it. */
  ClassCache(Path directory) {
    this.directory = directory;
    String jvm = System.getProperty("java.vm.version").replaceAll("[^\\w.+-]", "_");
    this.cache = directory.resolve("classes-" + jvm + ".aot");
    this.record = directory.resolve("classes-" + jvm + ".record");
  }

  /** Those of a server; with a cache that it cannot read, it starts as if there was none. */
  List<String> jvmOptions(boolean mayRecord) {
    List<String> options = new ArrayList<>();
    if (Files.exists(cache)) {
      options.add("-XX:AOTCache=" + cache);
    } else if (mayRecord && !Files.exists(record) && Files.isWritable(directory)) {
      options.add(RECORDING);
      options.add("-XX:AOTConfiguration=" + record);
    }
    if (!options.isEmpty()) {
      options.addAll(QUIETLY);
    }
    return options;
  }

  /** Whether this JVM does; it then looks for classes up to its end. */
  static boolean isRecording() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().contains(RECORDING);
  }

  /**
   * Makes a record, if there is one, into a cache. One of which none can be made is removed.
   *
   * @param jvmOptions with which a server runs
   */
  void assemble(List<String> jvmOptions, Path classPath) throws IOException, InterruptedException {
    if (Files.exists(cache) || !Files.exists(record) || isRecording()) {
      return;
    }
    Path part = Files.createTempDirectory(directory, "part-");
    try {
      List<String> command = new ArrayList<>();
      command.add(ProcessImage.java());
      command.add("-XX:AOTMode=create");
      command.add("-XX:AOTConfiguration=" + record);
      command.add("-XX:AOTCache=" + part.resolve("cache"));
      command.addAll(QUIETLY);
      command.addAll(jvmOptions);
      command.add("-cp");
      command.add(classPath.toString());
      Process assembly =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (assembly.waitFor() == 0) {
        Files.move(part.resolve("cache"), cache, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(record);
    } finally {
      FileTree.delete(part);
    }
  }
}
