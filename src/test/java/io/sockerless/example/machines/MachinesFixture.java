package io.sockerless.example.machines;

import io.sockerless.support.DockerCli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The docker command at a server of machines, whose containers go when their test has ended. */
abstract class MachinesFixture {

  static DockerCli docker;

  @TempDir Path files;

  final List<String> made = new ArrayList<>();

  @BeforeAll
  static void start() {
    MachinesServer.require();
    docker = new DockerCli(MachinesServer.shared().dockerHost());
  }

  @AfterEach
  void remove() {
    made.forEach(id -> docker.run("rm", "-f", "-v", id));
  }

  String container(String... arguments) {
    List<String> command = new ArrayList<>(List.of("run", "-d"));
    command.addAll(List.of(arguments));
    String id = docker.ok(command.toArray(new String[0])).lines().toList().getLast();
    made.add(id);
    return id;
  }

  String sleeping() {
    return container("alpine", "sleep", "1000");
  }

  static String shell(String id, String script) {
    return docker.ok("exec", id, "sh", "-c", script);
  }
}
