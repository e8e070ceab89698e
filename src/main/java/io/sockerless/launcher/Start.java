package io.sockerless.launcher;

import java.lang.reflect.InvocationTargetException;

/**
 * What {@code java -jar sockerless.jar} loads first. It is compiled for Java 8, as nothing else is,
 * so that a Java which is too old can say so in one line.
 */
public final class Start {
  private static final int NEEDED = 25;

  private Start() {}

  /** Becomes the server, or ends with 1. */
  public static void main(String[] arguments) throws Throwable {
    String version = System.getProperty("java.specification.version");
    if (version.startsWith("1.") || Integer.parseInt(version) < NEEDED) {
      System.err.println(
          "sockerless needs Java "
              + NEEDED
              + " or later; "
              + System.getProperty("java.home")
              + " is Java "
              + version);
      System.exit(1);
    }
    try {
      Class.forName("io.sockerless.launcher.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
