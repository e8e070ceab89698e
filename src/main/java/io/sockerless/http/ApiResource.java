package io.sockerless.http;

/** Marks the JAX-RS resources whose methods the edge calls by itself, through a {@link Router}. */
public interface ApiResource {}
