package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed at any moment loses nothing that it has acknowledged. */
class KillIT {

  private static final int KILLS = Integer.getInteger("sockerless.test.kills", 25);

  @TempDir private Path data;

  private final Set<String> containers = new HashSet<>();
  private final Set<String> volumes = new HashSet<>();
  private final Set<String> started = new HashSet<>();
  private final Set<String> removed = new HashSet<>();
  private final Set<String> removedVolumes = new HashSet<>();

  /** What was being removed when the server died, and may be gone or not. */
  private final Set<String> unsure = new HashSet<>();

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    Random random = new Random(7);
    for (int kill = 0; kill < KILLS; kill++) {
      run(kill, random.nextInt(20, 700));
    }
    assertThat(containers).as("the load did something").hasSizeGreaterThan(KILLS);
  }

  private void run(int kill, int milliseconds) throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                KillLoad.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      compare(kill, lines);
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  server.waitFor(milliseconds, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                // The process would close its output with it, and what it acknowledged last.
                server.toHandle().destroyForcibly();
              });
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(line);
      }
      killer.join();
    }
    assertThat(server.waitFor()).as("the server died of the kill alone").isEqualTo(137);
  }

  private void compare(int kill, BufferedReader lines) throws IOException {
    Map<String, String> states = new HashMap<>();
    Map<String, String> codes = new HashMap<>();
    Set<String> found = new HashSet<>();
    String line = lines.readLine();
    while (line != null && !line.startsWith("ready ")) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "container" -> states.put(words[1], words[2]);
        case "exit" -> codes.put(words[1], words[2]);
        case "volume" -> found.add(words[1]);
        default -> throw new AssertionError(line);
      }
      line = lines.readLine();
    }
    assertThat(line).as("start after kill %d", kill).isNotNull();
    containers.removeIf(id -> unsure.contains(id) && !states.containsKey(id));
    volumes.removeIf(name -> unsure.contains(name) && !found.contains(name));
    assertThat(states.keySet()).as("containers after kill %d", kill).containsAll(containers);
    assertThat(found).as("volumes after kill %d", kill).containsAll(volumes);
    for (String id : started) {
      if (containers.contains(id)) {
        assertThat(states.get(id) + " " + codes.get(id)).as(id).isEqualTo("exited 137");
      }
    }
    // One that was made without an acknowledgement is there by right, and from now on for good.
    containers.addAll(states.keySet());
    volumes.addAll(found);
    removed.forEach(
        id -> assertThat(states).as("removed before kill %d", kill).doesNotContainKey(id));
    removedVolumes.forEach(name -> assertThat(found).doesNotContain(name));
    unsure.clear();
  }

  private void note(String line) {
    String[] words = line.split(" ");
    if (words.length < 2) {
      return;
    }
    String name = words[1];
    switch (words[0]) {
      case "created" -> containers.add(name);
      case "started" -> started.add(name);
      case "volume-created" -> volumes.add(name);
      case "removing", "volume-removing" -> unsure.add(name);
      case "removed" -> {
        containers.remove(name);
        removed.add(name);
      }
      case "volume-removed" -> {
        volumes.remove(name);
        removedVolumes.add(name);
      }
      default -> throw new AssertionError(line);
    }
  }
}
