package io.sockerless.policy.rule;

/** Whose an object is that a request is about. */
public sealed interface Owner {

  /** Somebody's, by the label that it was given when it was made. */
  record Named(String name) implements Owner {}

  /** Made for all: an image from a registry, a network that is always there. */
  record Shared() implements Owner {}

  /** Nobody's: it was there before the rules were. */
  record None() implements Owner {}

  /** The request reaches into what everybody has, and nobody can tell how far. */
  record Everybody() implements Owner {}
}
