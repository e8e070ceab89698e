package io.sockerless.backend.core.driver;

import java.lang.management.ManagementFactory;

/** The memory of the machine that the server runs on: the limit of what has no other. */
public final class MachineMemory {

  private static final long BYTES = measure();

  private MachineMemory() {}

  /** In bytes. */
  public static long bytes() {
    return BYTES;
  }

  private static long measure() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}
