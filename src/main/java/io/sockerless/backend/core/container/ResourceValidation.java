package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses, in Docker's words, resources that contradict each other or that there are not: who asks
 * for a processor that is not there is to hear of it, and not to find out by measuring.
 */
final class ResourceValidation {

  private static final long MIN_MEMORY = 6L * 1024 * 1024;
  private static final long NANOS_PER_CPU = 1_000_000_000L;
  private static final long MIN_MICROS = 1_000;
  private static final long MAX_PERIOD_MICROS = 1_000_000;
  private static final int MAX_OOM_SCORE = 1_000;
  private static final int MIN_BLOCK_WEIGHT = 10;
  private static final int MAX_BLOCK_WEIGHT = 1_000;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  private ResourceValidation() {}

  /** Checks what a container is to begin with. */
  static void create(JsonObject hostConfig) {
    if (number(hostConfig, "Memory") == 0 && number(hostConfig, "MemorySwap") > 0) {
      throw invalid(
          "You should always set the Memory limit when using Memoryswap limit, see usage");
    }
    check(hostConfig);
  }

  /** Checks what dockerd looks at only when a container starts. */
  static void start(JsonObject hostConfig) {
    if (number(hostConfig, "CpuShares") < 0) {
      throw new EngineException.Failure(500, "shares: invalid argument");
    }
  }

  /**
   * Checks what is to change.
   *
   * @param before the container's {@code HostConfig}
   * @param changes what of it is said anew
   */
  static void update(String id, JsonObject before, JsonObject changes) {
    check(changes);
    conflict(id, changes, "NanoCpus", before, "CpuPeriod", "Nano CPUs", "CPU Period");
    conflict(id, changes, "NanoCpus", before, "CpuQuota", "Nano CPUs", "CPU Quota");
    conflict(id, changes, "CpuPeriod", before, "NanoCpus", "CPU Period", "NanoCPUs");
    conflict(id, changes, "CpuQuota", before, "NanoCpus", "CPU Quota", "NanoCPUs");
  }

  private static void conflict(
      String id,
      JsonObject changes,
      String changed,
      JsonObject before,
      String there,
      String changedName,
      String thereName) {
    if (number(changes, changed) > 0 && number(before, there) > 0) {
      throw ContainerRegistry.conflict(
          "Cannot update container %s: Conflicting options: %s cannot be updated as %s has already"
              + " been set",
          id, changedName, thereName);
    }
  }

  private static void check(JsonObject hostConfig) {
    memory(hostConfig);
    processors(hostConfig);
    long weight = number(hostConfig, "BlkioWeight");
    if (weight > 0 && (weight < MIN_BLOCK_WEIGHT || weight > MAX_BLOCK_WEIGHT)) {
      throw invalid("range of blkio weight is from 10 to 1000");
    }
    long score = number(hostConfig, "OomScoreAdj");
    if (Math.abs(score) > MAX_OOM_SCORE) {
      throw invalid("Invalid value " + score + ", range for oom score adj is [-1000, 1000]");
    }
  }

  private static void memory(JsonObject hostConfig) {
    long memory = number(hostConfig, "Memory");
    long swap = number(hostConfig, "MemorySwap");
    long reservation = number(hostConfig, "MemoryReservation");
    if (memory != 0 && memory < MIN_MEMORY) {
      throw invalid("Minimum memory limit allowed is 6MB");
    }
    if (memory > 0 && swap > 0 && swap < memory) {
      throw invalid("Minimum memoryswap limit should be larger than memory limit, see usage");
    }
    if (reservation > 0 && reservation < MIN_MEMORY) {
      throw invalid("Minimum memory reservation allowed is 6MB");
    }
    if (memory > 0 && reservation > memory) {
      throw invalid(
          "Minimum memory limit can not be less than memory reservation limit, see usage");
    }
    long kernel = number(hostConfig, "KernelMemory");
    if (kernel > 0 && kernel < MIN_MEMORY) {
      throw invalid("Minimum kernel memory limit allowed is 6MB");
    }
  }

  private static void processors(JsonObject hostConfig) {
    long cpus = number(hostConfig, "NanoCpus");
    long period = number(hostConfig, "CpuPeriod");
    long quota = number(hostConfig, "CpuQuota");
    int available = Runtime.getRuntime().availableProcessors();
    if (cpus > 0 && period > 0) {
      throw invalid("Conflicting options: Nano CPUs and CPU Period cannot both be set");
    }
    if (cpus > 0 && quota > 0) {
      throw invalid("Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    }
    if (cpus < 0 || cpus > available * NANOS_PER_CPU) {
      throw invalid(
          String.format(
              "range of CPUs is from 0.01 to %1$d.00, as there are only %1$d CPUs available",
              available));
    }
    if (period != 0 && (period < MIN_MICROS || period > MAX_PERIOD_MICROS)) {
      throw invalid(
          "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    }
    if (quota > 0 && quota < MIN_MICROS) {
      throw invalid("CPU cfs quota can not be less than 1ms (i.e. 1000)");
    }
    among(string(hostConfig, "CpusetCpus"), "cpuset cpus", "CPUs", available);
    among(string(hostConfig, "CpusetMems"), "cpuset mems", "memory nodes", 1);
  }

  /** Checks a list such as {@code 0-2,5} of things that count from 0. */
  private static void among(String list, String option, String what, int available) {
    if (list.isEmpty()) {
      return;
    }
    List<Matcher> ranges =
        Arrays.stream(list.split(",", -1)).map(String::strip).map(RANGE::matcher).toList();
    if (!ranges.stream().allMatch(Matcher::matches)) {
      throw invalid("Invalid value " + list + " for " + option + ": invalid format: " + list);
    }
    for (Matcher range : ranges) {
      String last = range.group(2) == null ? range.group(1) : range.group(2);
      if (Integer.parseInt(last) >= available) {
        throw invalid(
            "Requested %s are not available - requested %s, available: %s"
                .formatted(what, list, available == 1 ? "0" : "0-" + (available - 1)));
      }
    }
  }

  private static EngineException invalid(String message) {
    return new EngineException.InvalidParameter(message);
  }
}
