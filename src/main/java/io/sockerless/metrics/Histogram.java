package io.sockerless.metrics;

import java.util.concurrent.atomic.LongAdder;

/** How long things took: counts by upper bounds, for many threads at once. */
final class Histogram {

  /** In seconds; from an inspect out of memory to a pull. */
  private static final double[] BOUNDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
  };

  private static final double NANOS = 1e9;

  private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  void record(long duration) {
    int bucket = 0;
    while (bucket < BOUNDS.length && duration > BOUNDS[bucket] * NANOS) {
      bucket++;
    }
    counts[bucket].increment();
    nanos.add(duration);
  }

  /** Writes the samples of a family's one operation; each bucket counts those below it as well. */
  void write(Exposition to, String family, String label, String value) {
    long sum = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      sum += counts[i].sum();
      to.sample(family + "_bucket", sum, label, value, "le", Exposition.number(BOUNDS[i]));
    }
    sum += counts[BOUNDS.length].sum();
    to.sample(family + "_bucket", sum, label, value, "le", "+Inf");
    to.sample(family + "_sum", nanos.sum() / NANOS, label, value);
    to.sample(family + "_count", sum, label, value);
  }
}
