package io.sockerless.engine;

import java.util.function.Function;

/**
 * What stands between all surfaces and the backend, such as rules and records: it sees every
 * operation in one place, and may change, refuse or merely watch it.
 *
 * @see InterceptedEngine
 */
public interface Interceptor {

  /** Runs an operation that answers, or throws an {@link EngineException} in its place. */
  Answer answer(Invocation invocation, Function<Invocation, Answer> operation);

  /** Runs an operation that takes over its connection, or throws in its place. */
  HijackedStream hijack(Invocation invocation, Function<Invocation, HijackedStream> operation);
}
