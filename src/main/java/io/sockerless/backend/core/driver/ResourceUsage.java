package io.sockerless.backend.core.driver;

import java.time.Duration;
import java.util.Map;

/**
 * What a container uses now and has used since its start.
 *
 * @param memoryLimit in bytes; the machine's memory if the container has no limit of its own
 * @param networks bytes by network interface
 */
public record ResourceUsage(
    Duration cpu,
    long memory,
    long memoryPeak,
    long memoryLimit,
    int processes,
    long bytesRead,
    long bytesWritten,
    Map<String, NetworkUsage> networks) {

  /** What went over one interface, in bytes and packets. */
  public record NetworkUsage(
      long bytesReceived, long packetsReceived, long bytesSent, long packetsSent) {}
}
