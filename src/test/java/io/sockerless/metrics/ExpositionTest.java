package io.sockerless.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExpositionTest {

  private final Exposition exposition = new Exposition();

  @Test
  void aFamilySaysWhatItIsBeforeItsSamples() {
    exposition
        .family("a_total", FamilyType.COUNTER, "All of a.")
        .sample("a_total", 3, "kind", "x", "status", "200")
        .sample("a_total", 0.5);

    assertThat(exposition.text())
        .isEqualTo(
            """
            # HELP a_total All of a.
            # TYPE a_total counter
            a_total{kind="x",status="200"} 3
            a_total 0.5
            """);
  }

  @Test
  void whatWouldEndALabelIsEscaped() {
    exposition.sample("a", 1, "name", "q\"b\\n\n");

    assertThat(exposition.text()).isEqualTo("a{name=\"q\\\"b\\\\n\\n\"} 1\n");
  }

  @Test
  void aBucketCountsWhatIsInThoseBelowItAsWell() {
    Histogram histogram = new Histogram();
    histogram.record(TimeUnit.MICROSECONDS.toNanos(500));
    histogram.record(TimeUnit.MILLISECONDS.toNanos(7));
    histogram.record(TimeUnit.SECONDS.toNanos(100));

    histogram.write(exposition, "d_seconds", "operation", "x");

    assertThat(exposition.text().lines())
        .contains(
            "d_seconds_bucket{operation=\"x\",le=\"0.0005\"} 1",
            "d_seconds_bucket{operation=\"x\",le=\"0.005\"} 1",
            "d_seconds_bucket{operation=\"x\",le=\"0.01\"} 2",
            "d_seconds_bucket{operation=\"x\",le=\"60\"} 2",
            "d_seconds_bucket{operation=\"x\",le=\"+Inf\"} 3",
            "d_seconds_sum{operation=\"x\"} 100.0075",
            "d_seconds_count{operation=\"x\"} 3");
  }
}
