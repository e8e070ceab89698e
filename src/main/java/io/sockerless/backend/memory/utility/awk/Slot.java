package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A variable: a value, or an array once it was used as one. */
final class Slot {

  private final Optional<Slot> origin;
  private Value value = Value.UNSET;
  private Optional<Map<String, Value>> array = Optional.empty();

  Slot() {
    this.origin = Optional.empty();
  }

  /** A parameter that was given a variable without a value: an array of it is that variable's. */
  Slot(Slot origin) {
    this.origin = Optional.of(origin);
  }

  Value value() throws Failure {
    if (array.isPresent()) {
      throw new Failure(2, "attempt to use an array in a scalar context");
    }
    return value;
  }

  void set(Value value) {
    this.value = value;
  }

  boolean isArray() {
    return array.isPresent();
  }

  boolean isUntouched() {
    return array.isEmpty() && value.isUnset();
  }

  Map<String, Value> array() throws Failure {
    if (array.isPresent()) {
      return array.get();
    }
    if (!value.isUnset()) {
      throw new Failure(2, "attempt to use a scalar as an array");
    }
    Map<String, Value> made = origin.isPresent() ? origin.get().array() : new LinkedHashMap<>();
    array = Optional.of(made);
    return made;
  }
}
