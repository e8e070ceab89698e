package io.sockerless.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One operation of the port on its way to the backend, with all that decides what it will do.
 *
 * @param operation the noun and the method, such as {@code containers.create}
 * @param names what the operation is about, as the client wrote it: an id, a part of one, a name;
 *     none for {@code list} and its like
 * @see Operations
 */
public record Invocation(String operation, List<String> names, Call call) {

  /** The first part of the operation, such as {@code containers}. */
  public String noun() {
    return operation.substring(0, operation.indexOf('.'));
  }

  /** The first of the names. */
  public Optional<String> name() {
    return names.stream().findFirst();
  }

  /** The same operation with another call. */
  public Invocation with(Call other) {
    return new Invocation(operation, names, other);
  }

  /** The same operation on another object in place of the first name's. */
  public Invocation on(String other) {
    List<String> others = new ArrayList<>(names);
    others.set(0, other);
    return new Invocation(operation, List.copyOf(others), call);
  }
}
