package io.sockerless.management;

import io.sockerless.agent.AgentRegistry;
import io.sockerless.edge.Edge;
import io.sockerless.engine.Engine;
import io.sockerless.metrics.RequestMetrics;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows the server to JMX for as long as the application runs. */
@Dependent
public class ServerManagement {

  /** What it is found by. */
  public static final String NAME = "io.sockerless:type=Server";

  private static final Logger LOG = System.getLogger(ServerManagement.class.getName());

  /** Nothing but a way in: a server serves without it. */
  void register(
      @Observes Startup event,
      Edge edge,
      Engine engine,
      RequestMetrics requests,
      AgentRegistry agents) {
    try {
      server()
          .registerMBean(
              new ManagedServer(edge, engine, requests, agents), ObjectName.getInstance(NAME));
    } catch (JMException e) {
      LOG.log(Level.WARNING, "{0} is not shown to JMX: {1}", NAME, e.toString());
    }
  }

  void unregister(@Observes Shutdown event) {
    try {
      server().unregisterMBean(ObjectName.getInstance(NAME));
    } catch (JMException e) {
      LOG.log(Level.DEBUG, "{0} was not shown to JMX: {1}", NAME, e.toString());
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
