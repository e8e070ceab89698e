package io.sockerless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node's client, as its users run it, on each backend: {@code src/test/node/check.js}. */
class DockerodeIT {

  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path FOLDER = Path.of("target", "node").toAbsolutePath();

  @BeforeAll
  static void needsADaemonAndNode() throws Exception {
    DockerDaemon.require();
    if (!isThere("npm")) {
      String message = "NO npm on this machine: dockerode was not tested";
      System.err.println(message);
      if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
        fail(message);
      }
      abort(message);
    }
    Files.createDirectories(FOLDER);
    for (String file : new String[] {"package.json", "check.js"}) {
      Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
    }
    run(Map.of(), "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "memory"})
  void dockerodeRunsContainersAndCommandsThroughUs(String backend) throws Exception {
    run(Map.of("DOCKER_HOST", SockerlessServer.of(backend).dockerHost()), "node", "check.js");
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a program to its end, which must be a good one; its output is kept for the message. */
  private static void run(Map<String, String> environment, String... command) throws Exception {
    Path output = FOLDER.resolve(command[0] + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      fail(String.join(" ", command) + " did not end: " + Files.readString(output));
    }
    assertThat(process.exitValue()).as(() -> readQuietly(output)).isZero();
  }

  private static String readQuietly(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
