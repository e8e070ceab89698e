package io.sockerless.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which application server the end-to-end tests run on: {@code -Dsockerless.test.server=payara}, as
 * the Maven profile {@code payara} has it, or Open Liberty.
 */
enum ApplicationServer {
  LIBERTY {
    @Override
    List<String> arguments(Path folder, int httpPort) {
      return List.of("-jar", target("sockerless.jar"));
    }
  },

  /** Payara Micro, which serves a WAR; its port is on loopback, as Liberty's is. */
  PAYARA {
    @Override
    List<String> arguments(Path folder, int httpPort) throws IOException {
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
          "--port",
          Integer.toString(httpPort),
          "--contextroot",
          "/",
          "--deploy",
          target("sockerless.war"));
    }
  };

  static ApplicationServer ofThisRun() {
    return switch (System.getProperty("sockerless.test.server", "liberty")) {
      case "liberty" -> LIBERTY;
      case "payara" -> PAYARA;
      default -> throw new IllegalArgumentException("sockerless.test.server");
    };
  }

  /** What starts the server. */
  List<String> command(Path folder, int httpPort) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments(folder, httpPort));
    return command;
  }

  abstract List<String> arguments(Path folder, int httpPort) throws IOException;

  private static String target(String file) {
    return Path.of("target", file).toAbsolutePath().toString();
  }
}
