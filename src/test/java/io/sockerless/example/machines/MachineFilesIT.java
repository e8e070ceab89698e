package io.sockerless.example.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.DockerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The files of the example's machines, through the docker command. */
@Timeout(180)
class MachineFilesIT extends MachinesFixture {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void filesAreCopiedBeforeTheStartWhileItRunsAndAfterItsEnd() throws IOException {
    Path early = Files.writeString(files.resolve("early"), "early\n");
    Path later = Files.writeString(files.resolve("later"), "later\n");
    String id = docker.ok("create", "alpine", "sh", "-c", "cat /early; cp /early /left");
    made.add(id);

    docker.ok("cp", early.toString(), id + ":/early");
    assertThat(docker.ok("start", "-a", id)).isEqualTo("early");
    docker.ok("cp", later.toString(), id + ":/later");
    docker.ok("cp", id + ":/left", files.resolve("left").toString());
    docker.ok("cp", id + ":/later", files.resolve("back").toString());

    assertThat(files.resolve("left")).hasSameBinaryContentAs(early);
    assertThat(files.resolve("back")).hasSameBinaryContentAs(later);
  }

  @Test
  void volumesBindsAndMemoryAreMountedInTheMachine() throws IOException {
    Path bound = Files.createDirectory(files.resolve("bound"));
    docker.ok("volume", "create", "shared");
    try {
      docker.ok(
          "run",
          "--rm",
          "-v",
          "shared:/data",
          "-v",
          bound + ":/bound",
          "alpine",
          "sh",
          "-c",
          "echo v >/data/v; echo b >/bound/b");
      assertThat(
              docker.ok(
                  "run",
                  "--rm",
                  "-v",
                  "shared:/data:ro",
                  "--tmpfs",
                  "/mem",
                  "alpine",
                  "sh",
                  "-c",
                  "cat /data/v; touch /data/x 2>/dev/null || echo read-only; grep -c ' /mem tmpfs'"
                      + " /proc/mounts"))
          .isEqualTo("v\nread-only\n1");
      assertThat(bound.resolve("b")).hasContent("b\n");
    } finally {
      docker.ok("volume", "rm", "shared");
    }
  }

  @Test
  void whatDiffersFromTheImageIsKnownAndMadeAnImageOf() {
    String id = sleeping();
    shell(id, "echo new >/new; rm /etc/issue; echo more >>/etc/group");

    assertThat(docker.ok("diff", id)).isEqualTo("C /etc\nC /etc/group\nD /etc/issue\nA /new");
    docker.ok("commit", id, "changed");

    assertThat(
            docker.ok(
                "run",
                "--rm",
                "changed",
                "sh",
                "-c",
                "cat /new; tail -n1 /etc/group; ls /etc/issue 2>&1 | wc -l"))
        .isEqualTo("new\nmore\n1");
    docker.ok("rmi", "changed");
  }

  @Test
  void imagesAreBuiltOnMachines() throws IOException {
    Files.writeString(
        files.resolve("Dockerfile"),
        """
        FROM alpine
        COPY file /folder/
        RUN cat /folder/file >/copy && rm /etc/issue
        CMD cat /copy; ls /etc/issue
        """);
    Files.writeString(files.resolve("file"), "text\n");

    docker.ok("build", "-t", "built", files.toString());
    DockerCli.Ended ended = docker.run("run", "--rm", "built");
    docker.ok("rmi", "built");

    assertThat(ended.out()).isEqualTo("text\n");
    assertThat(ended.err()).contains("/etc/issue");
  }

  @Test
  void aStoppedMachineStartsAgainWithItsFiles() {
    String id = container("alpine", "sh", "-c", "echo run >>/runs; cat /runs; exec sleep 1000");

    docker.ok("restart", "-t", "0", id);

    await().atMost(PATIENCE).until(() -> docker.ok("logs", id).equals("run\nrun\nrun"));
  }

  @Test
  void whyAMachineCannotBeIsToldAtOnce() throws IOException {
    Files.writeString(files.resolve("Dockerfile"), "FROM alpine\nRUN ln -s /etc /out\n");
    docker.ok("build", "-t", "leading-out", files.toString());

    DockerCli.Ended ended = docker.run("run", "--rm", "-v", "/tmp:/out", "leading-out", "true");
    docker.ok("rmi", "leading-out");

    assertThat(ended.err()).contains("a mount leads out of the container");
    assertThat(ended.code()).isEqualTo(125);
  }
}
