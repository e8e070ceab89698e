package io.sockerless.agent.program;

import java.lang.reflect.InvocationTargetException;

/**
 * Whether the agent's own virtual machine is being recorded. To look at its threads it stops them
 * by a signal that programs use as well, and nobody can tell whose one is that comes.
 */
final class FlightRecording {

  /** What the virtual machine sends itself, unless it is told otherwise. */
  static final String SIGNAL = "USR2";

  /** Tells the virtual machine to send itself another one, by its number. */
  private static final String OTHER_SIGNAL = "_JAVA_SR_SIGNUM";

  private FlightRecording() {}

  /** Whether a signal of that name may be the virtual machine's own. */
  static boolean mayHaveSent(String signal) {
    return signal.equals(SIGNAL) && System.getenv(OTHER_SIGNAL) == null && isOn();
  }

  /** By reflection, for a runtime may lack the module. */
  private static boolean isOn() {
    try {
      Class<?> recorder = Class.forName("jdk.jfr.FlightRecorder");
      return Boolean.TRUE.equals(recorder.getMethod("isInitialized").invoke(null));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
