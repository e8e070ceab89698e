package io.sockerless.example.machines;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** What this backend does differently from the core: it refuses limits that nobody would keep. */
public final class LimitlessContainers {

  private static final List<String> LIMITS =
      List.of("Memory", "MemoryReservation", "NanoCpus", "CpuQuota", "CpuShares", "PidsLimit");

  private final Containers core;

  LimitlessContainers(Containers core) {
    this.core = core;
  }

  /** As the core does, but for containers with limits. */
  public Answer create(Call call) {
    JsonObject request = call.body().document();
    if (request.get("HostConfig") instanceof JsonObject hostConfig) {
      for (String limit : LIMITS) {
        JsonValue value = hostConfig.getOrDefault(limit, JsonValue.NULL);
        if (value instanceof JsonNumber number && number.longValue() > 0) {
          throw new EngineException.NotImplemented(
              limit + ": the machines backend does not limit what containers use");
        }
      }
    }
    return core.create(call.with(request));
  }
}
