package io.sockerless.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Testcontainers against the memory backend. */
@Timeout(180)
class MemoryTestcontainersIT {

  @Test
  void testcontainersRunsWaitsCopiesAndReadsLogs() throws Exception {
    DockerDaemon.require();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            GenericContainerCheck.class.getName());
    builder.environment().put("DOCKER_HOST", SockerlessServer.memory().dockerHost());
    // The reaper is a Linux binary.
    builder.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).endsWith("all as it should be\n");
  }
}
