package io.sockerless.metrics;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this server's process uses, under the names that all of Prometheus' clients have for it;
 * read without the platform's management beans, which cost more to load than all the rest.
 */
final class ProcessMetrics {

  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private ProcessMetrics() {}

  static void write(Exposition to) {
    ProcessHandle.Info info = ProcessHandle.current().info();
    info.totalCpuDuration()
        .map(Duration::toNanos)
        .ifPresent(nanos ->
            to.single(
                "process_cpu_seconds_total",
                FamilyType.COUNTER,
                "Processor time, of user and system.",
                nanos / NANOS));
    info.startInstant()
        .map(Instant::toEpochMilli)
        .ifPresent(millis ->
            to.single(
                "process_start_time_seconds",
                FamilyType.GAUGE,
                "When the process began, since 1970.",
                millis / MILLIS));
    // Only Linux has it.
    Optional.ofNullable(new File("/proc/self/fd").list())
        .ifPresent(files ->
            to.single("process_open_fds", FamilyType.GAUGE, "Open descriptors.", files.length));
    Runtime runtime = Runtime.getRuntime();
    to.single(
        "jvm_heap_used_bytes",
        FamilyType.GAUGE,
        "Heap in use, what is not collected yet included.",
        runtime.totalMemory() - runtime.freeMemory());
    to.single(
        "jvm_heap_max_bytes", FamilyType.GAUGE, "What the heap may grow to.", runtime.maxMemory());
  }
}
