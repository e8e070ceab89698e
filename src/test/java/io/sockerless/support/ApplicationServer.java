package io.sockerless.support;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which application server the end-to-end tests run on: {@code -Dsockerless.test.server=payara}, as
 * the Maven profile {@code payara} has it, or Open Liberty.
 */
enum ApplicationServer {
  LIBERTY {
    @Override
    List<String> arguments(Setup setup) {
      return List.of("-jar", target("sockerless.jar").toString());
    }

    @Override
    Map<String, String> environment(Setup setup) throws IOException {
      return setup.users().isEmpty()
          ? Map.of()
          : Map.of(
              "SOCKERLESS_SERVER_CONFIG",
              Files.writeString(setup.folder().resolve("users.xml"), registry(setup.users()))
                  .toString());
    }

    private static String registry(Map<String, String> users) {
      return users.entrySet().stream()
          .map(user -> "<user name='%s' password='%s'/>".formatted(user.getKey(), user.getValue()))
          .collect(
              Collectors.joining(
                  "",
                  "<server><featureManager><feature>appSecurity-5.0</feature></featureManager>"
                      + "<basicRegistry>",
                  "</basicRegistry></server>"));
    }
  },

  /**
   * Payara Micro, which serves a WAR; its port is on loopback, as Liberty's is, and its own figures
   * are not where those of the application are.
   */
  PAYARA {
    @Override
    List<String> arguments(Setup setup) throws IOException {
      Path commands =
          Files.writeString(
              setup.folder().resolve("preboot.txt"),
              "set configs.config.server-config.network-config.network-listeners"
                  + ".network-listener.http-listener.address=127.0.0.1\n");
      return List.of(
          "-jar",
          target("payara-micro.jar").toString(),
          "--nocluster",
          "--nohazelcast",
          "--rootdir",
          setup.folder().resolve("payara").toString(),
          "--prebootcommandfile",
          commands.toString(),
          "--postbootcommandfile",
          postBoot(setup).toString(),
          "--port",
          Integer.toString(setup.httpPort()),
          "--contextroot",
          "/",
          "--deploy",
          war(setup).toString());
    }

    @Override
    Map<String, String> environment(Setup setup) {
      return Map.of();
    }

    private static Path postBoot(Setup setup) throws IOException {
      List<String> commands = new ArrayList<>();
      commands.add("set-metrics-configuration --endpoint=payara-metrics");
      for (Map.Entry<String, String> user : setup.users().entrySet()) {
        Path password =
            Files.writeString(
                setup.folder().resolve(user.getKey() + ".password"),
                "AS_ADMIN_USERPASSWORD=" + user.getValue() + "\n");
        commands.add("create-file-user --passwordfile %s %s".formatted(password, user.getKey()));
      }
      return Files.write(setup.folder().resolve("postboot.txt"), commands);
    }

    /** The WAR, with the jars of others in it: Payara has no other place from which they see it. */
    private static Path war(Setup setup) throws IOException {
      if (setup.extensions().isEmpty()) {
        return target("sockerless.war");
      }
      Path war = Files.copy(target("sockerless.war"), setup.folder().resolve("sockerless.war"));
      try (FileSystem content = FileSystems.newFileSystem(war);
          Stream<Path> jars = Files.list(setup.extensions().get())) {
        for (Path jar : jars.toList()) {
          Files.copy(jar, content.getPath("WEB-INF", "lib", jar.getFileName().toString()));
        }
      }
      return war;
    }
  };

  /**
   * What a test wants of a server.
   *
   * @param folder for what the server is told by files
   * @param users who may log in to it, and their passwords
   * @param extensions where jars of others are
   */
  record Setup(Path folder, int httpPort, Map<String, String> users, Optional<Path> extensions) {}

  static ApplicationServer ofThisRun() {
    return switch (System.getProperty("sockerless.test.server", "liberty")) {
      case "liberty" -> LIBERTY;
      case "payara" -> PAYARA;
      default -> throw new IllegalArgumentException("sockerless.test.server");
    };
  }

  /** What starts the server. */
  List<String> command(Setup setup) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments(setup));
    return command;
  }

  abstract List<String> arguments(Setup setup) throws IOException;

  /** What the server is told by environment variables. */
  abstract Map<String, String> environment(Setup setup) throws IOException;

  private static Path target(String file) {
    return Path.of("target", file).toAbsolutePath();
  }
}
