package io.sockerless.backend.memory;

import io.sockerless.support.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * What people do with Testcontainers, in a process of its own, since it finds its server by the
 * environment. It ends with 0 if all went as it should.
 */
public final class GenericContainerCheck {

  private static final int PORT = 8080;

  private GenericContainerCheck() {}

  /** Runs a server that is waited for, commands in it, copies both ways, its log; leaves one. */
  public static void main(String[] arguments) throws Exception {
    try (GenericContainer<?> web =
        new GenericContainer<>(DockerImageName.parse("alpine:latest"))
            .withCommand("sh", "-c", "echo starting; exec httpd -f -p " + PORT + " -h /www")
            .withCopyToContainer(Transferable.of("served"), "/www/index.html")
            .withEnv("COLOUR", "blue")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forHttp("/index.html").forPort(PORT))) {
      web.start();
      Container.ExecResult result =
          web.execInContainer("sh", "-c", "echo $COLOUR; echo oops >&2; exit 3");
      check("exec's output", result.getStdout(), "blue\n");
      check("exec's errors", result.getStderr(), "oops\n");
      check("exec's code", result.getExitCode(), 3);
      Path file = Scratch.file("sockerless", "copy");
      web.copyFileFromContainer("/www/index.html", file.toString());
      check("the copied file", Files.readString(file), "served");
      web.copyFileToContainer(Transferable.of("late"), "/www/late");
      check("what came late", web.execInContainer("cat", "/www/late").getStdout(), "late");
      check("the log", web.getLogs(), "starting\n");
    }
    try (GenericContainer<?> waits =
        new GenericContainer<>(DockerImageName.parse("alpine:latest"))
            .withCommand("sh", "-c", "sleep 1; echo listening; nc -lk -p " + PORT + " -e cat")
            .withExposedPorts(PORT)
            .waitingFor(Wait.forListeningPort())) {
      waits.start();
      check("the log", waits.getLogs(), "listening\n");
    }
    GenericContainer<?> forgotten =
        new GenericContainer<>(DockerImageName.parse("alpine:latest")).withCommand("sleep", "1000");
    forgotten.start();
    System.out.println("left behind: " + forgotten.getContainerId());
    System.out.println("all as it should be");
    System.exit(0);
  }

  private static void check(String what, Object is, Object expected) {
    if (!expected.equals(is)) {
      throw new AssertionError(what + " is " + is + ", not " + expected);
    }
  }
}
