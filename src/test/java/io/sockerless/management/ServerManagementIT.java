package io.sockerless.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.tools.attach.VirtualMachine;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server by JMX, as a console on the same machine reaches it. */
class ServerManagementIT {

  @BeforeAll
  static void needsTheRegistriesBesideADaemon() {
    DockerDaemon.require();
  }

  @SuppressWarnings("BanJNDI") // The address is the server's own agent's, on this machine.
  private static JMXConnector connect(SockerlessServer server) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(server.process().pid()));
    try {
      return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
    } finally {
      machine.detach();
    }
  }

  private static ServerMXBean bean(JMXConnector connector) throws Exception {
    return JMX.newMXBeanProxy(
        connector.getMBeanServerConnection(),
        ObjectName.getInstance(ServerManagement.NAME),
        ServerMXBean.class);
  }

  @Test
  void theFiguresAreThoseOfTheServer() throws Exception {
    SockerlessServer server = SockerlessServer.memory();
    try (JMXConnector connector = connect(server)) {
      ServerMXBean bean = bean(connector);
      long before = bean.getOperations();
      server.send("GET", "/version", "");

      assertThat(bean.getOperations()).isGreaterThan(before);
      assertThat(bean.getBackend()).isEqualTo("memory");
      assertThat(bean.getBackendProblem()).isEmpty();
      assertThat(bean.isReady()).isTrue();
      assertThat(bean.getContainers()).containsOnlyKeys("running", "paused", "stopped");
      assertThat(bean.getAnswerBytes()).isPositive();
      assertThat(bean.getAgentsConnected()).isNotNegative();
    }
  }

  @Test
  void whoIsDrainedServesNobodyMore(@TempDir Path folder) throws Exception {
    try (SockerlessServer server =
            SockerlessServer.start(
                Map.of(
                    "SOCKERLESS_BACKEND",
                    "memory",
                    "SOCKERLESS_DATA",
                    folder.resolve("data").toString()));
        JMXConnector connector = connect(server)) {
      ServerMXBean bean = bean(connector);

      bean.drain();

      assertThat(bean.isReady()).isFalse();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> server.send("GET", "/_ping", ""));
      assertThat(server.sendToServer("GET", "/health/live", "").statusCode()).isEqualTo(503);
    }
  }
}
