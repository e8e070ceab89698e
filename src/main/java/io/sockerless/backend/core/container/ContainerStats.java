package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.ResourceUsage;
import io.sockerless.backend.core.driver.ResourceUsage.NetworkUsage;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.stream.ProducedBody;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Measures containers, once or every second.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Container/operation/ContainerStats">ContainerStats</a>
 */
final class ContainerStats {

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Headers JSON = Headers.of("Content-Type", "application/json");

  private final ContainerServices services;
  private final int processors = Runtime.getRuntime().availableProcessors();

  ContainerStats(ContainerServices services) {
    this.services = services;
  }

  /** What was measured, and when; the system's time is what all processors together had. */
  private record Sample(Instant time, Optional<ResourceUsage> usage, long systemNanos) {}

  Answer stats(LiveContainer container, Call call) {
    boolean stream = call.query().first("stream").isEmpty() || call.query().flag("stream");
    boolean oneShot = call.query().flag("one-shot");
    if (stream) {
      return ProducedBody.answer(
          200, JSON, call.cancellation(), body -> measureOn(container, body));
    }
    if (!container.current().state().status().hasProcess()) {
      return Answer.json(200, document(container.current(), none(), none()));
    }
    Sample before = none();
    if (!oneShot) {
      before = sample(container);
      pause();
    }
    return Answer.json(200, document(container.current(), before, sample(container)));
  }

  private void measureOn(LiveContainer container, OutputStream body) throws IOException {
    Sample before = none();
    while (services.registry().find(container.id()).isPresent()) {
      Sample now = sample(container);
      String line = document(container.current(), before, now) + "\n";
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      body.write(bytes, 0, bytes.length);
      before = now;
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Sample none() {
    return new Sample(ContainerState.NEVER, Optional.empty(), 0);
  }

  private Sample sample(LiveContainer container) {
    Optional<ResourceUsage> usage =
        container.current().state().status().hasProcess()
            ? container.run().process().map(ContainerProcess::usage)
            : Optional.empty();
    return new Sample(Instant.now(services.clock()), usage, System.nanoTime() * processors);
  }

  private JsonObject document(ContainerRecord record, Sample before, Sample now) {
    JsonObjectBuilder document =
        JsonBuilders.object()
            .add("name", "/" + record.name())
            .add("id", record.id())
            .add("read", now.usage().isEmpty() ? time(ContainerState.NEVER) : time(now.time()))
            .add("preread", time(before.time()))
            .add("num_procs", 0)
            .add("storage_stats", JsonValue.EMPTY_JSON_OBJECT)
            .add("pids_stats", now.usage().map(ContainerStats::pids).orElse(empty()))
            .add("blkio_stats", blocks(now.usage()))
            .add("cpu_stats", cpu(now))
            .add("precpu_stats", cpu(before))
            .add("memory_stats", now.usage().map(ContainerStats::memory).orElse(empty()));
    now.usage().ifPresent(usage -> document.add("networks", networks(usage)));
    return document.build();
  }

  private static String time(Instant time) {
    return time.toString();
  }

  private static JsonObject empty() {
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  private static JsonObject pids(ResourceUsage usage) {
    return JsonBuilders.object().add("current", usage.processes()).build();
  }

  private static JsonObject memory(ResourceUsage usage) {
    return JsonBuilders.object()
        .add("usage", usage.memory())
        .add("max_usage", usage.memoryPeak())
        .add("stats", JsonBuilders.object().add("inactive_file", 0))
        .add("limit", usage.memoryLimit())
        .build();
  }

  private JsonObject cpu(Sample sample) {
    JsonObjectBuilder cpu = JsonBuilders.object();
    long nanos = sample.usage().map(usage -> usage.cpu().toNanos()).orElse(0L);
    cpu.add(
        "cpu_usage",
        JsonBuilders.object()
            .add("total_usage", nanos)
            .add("usage_in_kernelmode", 0)
            .add("usage_in_usermode", nanos));
    if (sample.usage().isPresent()) {
      cpu.add("system_cpu_usage", sample.systemNanos()).add("online_cpus", processors);
    }
    return cpu.add(
            "throttling_data",
            JsonBuilders.object()
                .add("periods", 0)
                .add("throttled_periods", 0)
                .add("throttled_time", 0))
        .build();
  }

  private static JsonObject blocks(Optional<ResourceUsage> usage) {
    JsonArrayBuilder bytes = JsonBuilders.array();
    usage.ifPresent(it -> {
      bytes.add(block("read", it.bytesRead()));
      bytes.add(block("write", it.bytesWritten()));
    });
    return JsonBuilders.object()
        .add("io_service_bytes_recursive", bytes)
        .addNull("io_serviced_recursive")
        .addNull("io_queue_recursive")
        .addNull("io_service_time_recursive")
        .addNull("io_wait_time_recursive")
        .addNull("io_merged_recursive")
        .addNull("io_time_recursive")
        .addNull("sectors_recursive")
        .build();
  }

  private static JsonObjectBuilder block(String operation, long bytes) {
    return JsonBuilders.object()
        .add("major", 0)
        .add("minor", 0)
        .add("op", operation)
        .add("value", bytes);
  }

  private static JsonObject networks(ResourceUsage usage) {
    JsonObjectBuilder networks = JsonBuilders.object();
    usage.networks().forEach((name, network) -> networks.add(name, network(network)));
    return networks.build();
  }

  private static JsonObjectBuilder network(NetworkUsage usage) {
    return JsonBuilders.object()
        .add("rx_bytes", usage.bytesReceived())
        .add("rx_packets", usage.packetsReceived())
        .add("rx_errors", 0)
        .add("rx_dropped", 0)
        .add("tx_bytes", usage.bytesSent())
        .add("tx_packets", usage.packetsSent())
        .add("tx_errors", 0)
        .add("tx_dropped", 0);
  }
}
