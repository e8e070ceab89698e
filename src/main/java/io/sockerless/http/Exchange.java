package io.sockerless.http;

import io.sockerless.engine.Call;
import java.util.Optional;

/**
 * One request on its way from the edge through the application server and back: the call goes in,
 * the operation that the resource chose comes out, and neither's bytes cross the loopback port.
 */
public final class Exchange {

  private final Call call;
  private volatile Optional<Operation> operation = Optional.empty();

  Exchange(Call call) {
    this.call = call;
  }

  /** What the client asked for. */
  public Call call() {
    return call;
  }

  /** The resource's choice, to be run by the edge. */
  void choose(Operation chosen) {
    operation = Optional.of(chosen);
  }

  /** The operation to run; none where the application server answered by itself. */
  public Optional<Operation> operation() {
    return operation;
  }
}
