package io.sockerless.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which application server the end-to-end tests run on: {@code -Dsockerless.test.server=payara}, as
 * the Maven profile {@code payara} has it, or Open Liberty.
 */
enum ApplicationServer {
  LIBERTY {
    @Override
    List<String> arguments(Path folder, int httpPort, Map<String, String> users) {
      return List.of("-jar", target("sockerless.jar"));
    }

    @Override
    Map<String, String> environment(Path folder, Map<String, String> users) throws IOException {
      return users.isEmpty()
          ? Map.of()
          : Map.of(
              "SOCKERLESS_SERVER_CONFIG",
              Files.writeString(folder.resolve("users.xml"), registry(users)).toString());
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

  /** Payara Micro, which serves a WAR; its port is on loopback, as Liberty's is. */
  PAYARA {
    @Override
    List<String> arguments(Path folder, int httpPort, Map<String, String> users)
        throws IOException {
      Path commands =
          Files.writeString(
              folder.resolve("preboot.txt"),
              "set configs.config.server-config.network-config.network-listeners"
                  + ".network-listener.http-listener.address=127.0.0.1\n");
      return List.of(
          "-jar",
          target("payara-micro.jar"),
          "--nocluster",
          "--nohazelcast",
          "--rootdir",
          folder.resolve("payara").toString(),
          "--prebootcommandfile",
          commands.toString(),
          "--postbootcommandfile",
          registry(folder, users).toString(),
          "--port",
          Integer.toString(httpPort),
          "--contextroot",
          "/",
          "--deploy",
          target("sockerless.war"));
    }

    @Override
    Map<String, String> environment(Path folder, Map<String, String> users) {
      return Map.of();
    }

    /** Commands that put users into the server's file of them. */
    private static Path registry(Path folder, Map<String, String> users) throws IOException {
      List<String> commands = new ArrayList<>();
      for (Map.Entry<String, String> user : users.entrySet()) {
        Path password =
            Files.writeString(
                folder.resolve(user.getKey() + ".password"),
                "AS_ADMIN_USERPASSWORD=" + user.getValue() + "\n");
        commands.add("create-file-user --passwordfile %s %s".formatted(password, user.getKey()));
      }
      return Files.write(folder.resolve("postboot.txt"), commands);
    }
  };

  static ApplicationServer ofThisRun() {
    return switch (System.getProperty("sockerless.test.server", "liberty")) {
      case "liberty" -> LIBERTY;
      case "payara" -> PAYARA;
      default -> throw new IllegalArgumentException("sockerless.test.server");
    };
  }

  /**
   * What starts the server.
   *
   * @param users who may log in to it, and their passwords
   */
  List<String> command(Path folder, int httpPort, Map<String, String> users) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments(folder, httpPort, users));
    return command;
  }

  abstract List<String> arguments(Path folder, int httpPort, Map<String, String> users)
      throws IOException;

  /** What the server reads about its users, beside the command. */
  abstract Map<String, String> environment(Path folder, Map<String, String> users)
      throws IOException;

  private static String target(String file) {
    return Path.of("target", file).toAbsolutePath().toString();
  }
}
