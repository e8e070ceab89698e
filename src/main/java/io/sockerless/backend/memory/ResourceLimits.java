package io.sockerless.backend.memory;

import io.sockerless.backend.memory.kernel.Limits;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;

/** The resources that the Docker API's {@code HostConfig} allows a container. */
final class ResourceLimits {

  /** A processor's 10⁹ are the 100,000 microseconds of the usual period. */
  private static final long NANOS_PER_MICRO_OF_PERIOD = 10_000;

  private ResourceLimits() {}

  /** Takes over what the sandbox can hold a container to. */
  static void apply(JsonObject hostConfig, Limits limits) {
    limits.setMemory(Math.max(0, number(hostConfig, "Memory")));
    limits.setProcesses(number(hostConfig, "PidsLimit"));
    limits.setOomScore((int) number(hostConfig, "OomScoreAdj"));
    long nanos = number(hostConfig, "NanoCpus");
    if (nanos > 0) {
      limits.setCpuQuota(nanos / NANOS_PER_MICRO_OF_PERIOD, 0);
    } else {
      limits.setCpuQuota(number(hostConfig, "CpuQuota"), number(hostConfig, "CpuPeriod"));
    }
    if (hostConfig.get("Ulimits") instanceof JsonArray ulimits) {
      ulimits.forEach(ulimit -> applyUlimit(ulimit.asJsonObject(), limits));
    }
  }

  /** The resource limits of a process; those of memory and files hold for the whole container. */
  private static void applyUlimit(JsonObject ulimit, Limits limits) {
    long soft = number(ulimit, "Soft");
    switch (ulimit.getString("Name", "")) {
      case "cpu" -> limits.setCpuSeconds(soft, number(ulimit, "Hard"));
      case "nofile" -> limits.setOpenFiles(soft, number(ulimit, "Hard"));
      case "nproc" -> limits.setProcesses(soft);
      default -> {}
    }
  }

  private static long number(JsonObject document, String name) {
    return document.get(name) instanceof JsonNumber number ? number.longValue() : 0;
  }
}
