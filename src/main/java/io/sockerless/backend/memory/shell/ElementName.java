package io.sockerless.backend.memory.shell;

import java.util.Optional;
import java.util.Set;

/** The name of an array's element, which a reference may have for its target. */
record ElementName(String array, String key) {

  /** The element that a name is of, if it is of any. */
  static Optional<ElementName> of(String name) {
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    return bracket <= 0
        ? Optional.empty()
        : Optional.of(
            new ElementName(
                name.substring(0, bracket), name.substring(bracket + 1, name.length() - 1)));
  }

  /** The element as a variable of its own. */
  Variable in(Variable whole) {
    return new Variable(whole.element(key), Optional.empty(), Set.of(), 0);
  }
}
