package io.sockerless.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * What {@code java -jar sockerless.jar} runs: it lays the server out and then becomes that server.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command;
    Thread.ofPlatform().daemon().start(ProcessImage::prepare);
    try (JarFile jar = new JarFile(System.getProperty("java.class.path"))) {
      Instance instance = Instance.create();
      Installation installation = Installation.of(jar, instance);
      instance.configure(jar, installation);
      command = command(installation, instance);
    }
    ProcessImage.replace(command);
    System.exit(runAsChild(command));
  }

  private static List<String> command(Installation installation, Instance instance) {
    List<String> given = givenJvmOptions();
    List<String> command = new ArrayList<>();
    command.add(ProcessImage.java());
    command.addAll(installation.jvmOptions());
    command.addAll(instance.jvmOptions());
    if (given.stream().anyMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
      command.add("-XX:-UseSerialGC");
    }
    command.addAll(given);
    command.add("-jar");
    command.add(installation.serverJar().toString());
    command.add(installation.directory().toString());
    command.add(instance.directory().toString());
    return command;
  }

  /** What stands between {@code java} and {@code -jar}: it is meant for the server's JVM. */
  private static List<String> givenJvmOptions() {
    List<String> arguments =
        List.of(ProcessHandle.current().info().arguments().orElse(new String[0]));
    int jar = arguments.indexOf("-jar");
    return jar < 0 ? List.of() : arguments.subList(0, jar);
  }

  /** For a platform on which a process cannot become another program. */
  private static int runAsChild(List<String> command) throws IOException, InterruptedException {
    Process server = new ProcessBuilder(command).inheritIO().start();
    Thread stop =
        new Thread(() -> {
          server.destroy();
          server.onExit().join();
        });
    Runtime.getRuntime().addShutdownHook(stop);
    return server.waitFor();
  }
}
