package io.sockerless.backend.memory;

import io.sockerless.backend.memory.kernel.Limits;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;

/** The resources that the Docker API's {@code HostConfig} allows a container. */
final class ResourceLimits {

  private static final double NANO = 1e9;

  private ResourceLimits() {}

  /** Takes over what the sandbox can hold a container to. */
  static void apply(JsonObject hostConfig, Limits limits) {
    limits.setMemory(Math.max(0, number(hostConfig, "Memory")));
    limits.setProcesses(number(hostConfig, "PidsLimit"));
    long nanos = number(hostConfig, "NanoCpus");
    long quota = number(hostConfig, "CpuQuota");
    long period = number(hostConfig, "CpuPeriod");
    if (nanos > 0) {
      limits.setCpus(nanos / NANO);
    } else if (quota > 0) {
      limits.setCpus((double) quota / (period > 0 ? period : 100_000));
    } else {
      limits.setCpus(0);
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
