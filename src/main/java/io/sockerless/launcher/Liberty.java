package io.sockerless.launcher;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Open Liberty in this JVM, through its embedding interface {@code
 * com.ibm.wsspi.kernel.embeddable}; by reflection, since the jar that has it comes with the server
 * alone.
 */
final class Liberty {
  private static final String PACKAGE = "com.ibm.wsspi.kernel.embeddable.";

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Object server;

  Liberty(Instance instance) {
    try {
      Class<?> listener = Class.forName(PACKAGE + "ServerEventListener");
      Class<?> type = Class.forName(PACKAGE + "ServerBuilder");
      Object builder = type.getConstructor().newInstance();
      type.getMethod("setName", String.class).invoke(builder, Instance.SERVER);
      type.getMethod("setUserDir", File.class).invoke(builder, instance.userDirectory().toFile());
      type.getMethod("setOutputDir", File.class)
          .invoke(builder, instance.outputDirectory().toFile());
      type.getMethod("setServerEventListener", listener).invoke(builder, listener(listener));
      server = type.getMethod("build").invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object listener(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Object event = arguments[0];
          if (event.getClass().getMethod("getType").invoke(event).toString().equals("STOPPED")) {
            stopped.countDown();
          }
          return null;
        });
  }

  /**
   * Waits until the server is ready; false if it could not start, for a reason that it has logged.
   */
  boolean start() throws InterruptedException {
    return succeeds("start");
  }

  /**
   * Whether the application started, too: without it a server is ready for nothing, and settings
   * that it refuses should end the process.
   */
  boolean startedApplication() {
    try {
      ObjectName application =
          new ObjectName(
              "WebSphere:service=com.ibm.websphere.application.ApplicationMBean,name="
                  + Instance.SERVER);
      return ManagementFactory.getPlatformMBeanServer()
          .getAttribute(application, "State")
          .equals("STARTED");
    } catch (JMException e) {
      return false;
    }
  }

  /** Waits until the server has stopped. */
  boolean stop() throws InterruptedException {
    return succeeds("stop");
  }

  void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private boolean succeeds(String operation) throws InterruptedException {
    try {
      Object result =
          ((Future<?>)
                  Class.forName(PACKAGE + "Server")
                      .getMethod(operation, String[].class)
                      .invoke(server, (Object) new String[0]))
              .get();
      return (boolean)
          Class.forName(PACKAGE + "Server$Result").getMethod("successful").invoke(result);
    } catch (ReflectiveOperationException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
