package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.DockerCli;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Testcontainers against the memory backend. */
@Timeout(180)
class MemoryTestcontainersIT {

  private static final String REAPER = "testcontainers/ryuk:check";

  private final DockerCli docker = new DockerCli(SockerlessServer.memory().dockerHost());

  @TempDir private Path folder;

  /** The reaper's image is in no registry of ours; what is in it stands for its Linux binary. */
  @BeforeEach
  void makeReaper() throws IOException {
    DockerDaemon.require();
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM alpine
        RUN cp /bin/busybox /bin/ryuk
        CMD ["/bin/ryuk"]
        """);
    docker.ok("build", "-t", REAPER, folder.toString());
  }

  @Test
  void testcontainersRunsWaitsCopiesReadsLogsAndLeavesNothing() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            GenericContainerCheck.class.getName());
    // The reaper gets the socket that its client uses.
    builder.environment().put("DOCKER_HOST", "unix://" + SockerlessServer.memory().socket());
    builder.environment().put("TESTCONTAINERS_RYUK_CONTAINER_IMAGE", REAPER);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).endsWith("all as it should be\n");
    Matcher left = Pattern.compile("(?m)^left behind: (\\w+)$").matcher(output);
    assertThat(left.find()).as(output).isTrue();
    assertThat(docker.ok("inspect", "-f", "{{.State.Running}}", left.group(1))).isEqualTo("true");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(docker.run("inspect", left.group(1)).code()).isEqualTo(1));
  }
}
