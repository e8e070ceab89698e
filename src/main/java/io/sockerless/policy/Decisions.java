package io.sockerless.policy;

/** Whoever records what was decided on the request that this thread serves. */
@FunctionalInterface
interface Decisions {

  /** Takes note. */
  void decided(Decision decision);
}
