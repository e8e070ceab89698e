package io.sockerless.agent.program;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Signals that the agent itself gets. The JDK's only way to them is a class that is named by
 * reflection here: the compiler would warn of it without end, and a runtime may lack its module.
 */
final class SystemSignals {

  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  private SystemSignals() {}

  /**
   * Does something when a signal comes, in place of what would happen else.
   *
   * @param name without {@code SIG}
   * @return what gives the signal back; empty if the virtual machine keeps it to itself
   */
  static Optional<Runnable> handle(String name, Runnable action) {
    try {
      Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
      Class<?> handler = Class.forName(HANDLER);
      Object proxy =
          Proxy.newProxyInstance(
              SystemSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                action.run();
                return null;
              });
      Object before = install(signal, proxy);
      return Optional.of(() -> giveBack(signal, before));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Object install(Object signal, Object handler) throws ReflectiveOperationException {
    return Class.forName(SIGNAL)
        .getMethod("handle", signal.getClass(), Class.forName(HANDLER))
        .invoke(null, signal, handler);
  }

  private static void giveBack(Object signal, Object before) {
    try {
      install(signal, before);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
