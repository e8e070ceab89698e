package io.sockerless.metrics;

/** What a family's samples are to Prometheus. */
enum FamilyType {
  COUNTER,
  GAUGE,
  HISTOGRAM
}
