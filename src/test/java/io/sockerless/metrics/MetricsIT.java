package io.sockerless.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.SockerlessServer;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a scrape of a real server shows, at both of its doors. */
class MetricsIT {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+(?:\\{[a-z_]+=\"[^\"]*\"(?:,[a-z_]+=\"[^\"]*\")*})?) (\\S+)");

  private static final SockerlessServer SERVER = SockerlessServer.memory();

  private static Map<String, Double> samples(HttpResponse<String> scraped) {
    assertThat(scraped.statusCode()).isEqualTo(200);
    assertThat(scraped.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain")
        .contains("version=0.0.4");
    return scraped
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> {
          Matcher sample = SAMPLE.matcher(line);
          assertThat(sample.matches()).as(line).isTrue();
          return sample;
        })
        .collect(
            Collectors.toMap(sample -> sample.group(1), sample -> Double.valueOf(sample.group(2))));
  }

  private static Map<String, Double> atTheEdge() {
    return samples(SERVER.send("GET", "/metrics", ""));
  }

  @Test
  void requestsShowByOperationAndStatusWhicheverDoorTheyCameThrough() {
    String missing = "sockerless_requests_total{operation=\"containers.inspect\",status=\"404\"}";
    double before = atTheEdge().getOrDefault(missing, 0.0);

    SERVER.send("GET", "/v1.44/containers/no-such/json", "");
    SERVER.sendToServer("GET", "/containers/no-such/json", "");

    assertThat(atTheEdge()).containsEntry(missing, before + 2);
    assertThat(samples(SERVER.sendToServer("GET", "/metrics", "")))
        .containsEntry(missing, before + 2)
        .hasEntrySatisfying(
            "sockerless_request_duration_seconds_count{operation=\"containers.inspect\"}",
            count -> assertThat(count).isGreaterThanOrEqualTo(before + 2));
  }

  @Test
  void theBackendTheAgentsAndTheProcessShow() {
    assertThat(atTheEdge())
        .containsEntry("sockerless_backend_up{backend=\"memory\"}", 1.0)
        .containsKeys(
            "sockerless_agents_connected",
            "sockerless_agents_lost_total",
            "sockerless_agent_refusals_total{reason=\"wrong_token\"}",
            "sockerless_streams_open",
            "process_open_fds")
        .hasEntrySatisfying(
            "process_cpu_seconds_total", seconds -> assertThat(seconds).isPositive())
        .hasEntrySatisfying(
            "jvm_heap_used_bytes", bytes -> assertThat(bytes).isGreaterThan(1_000_000));
  }
}
