package io.sockerless.backend.memory.shell;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A variable; without a value it is only marked.
 *
 * @param text the value, unless it is an array
 * @param charged what the container's memory account was told of it
 */
public record Variable(
    Optional<String> text, Optional<ArrayValue> array, Set<Attribute> attributes, long charged) {

  /** What a variable can be besides its value. */
  public enum Attribute {
    /** Programs get it. */
    EXPORTED('x'),
    /** Nobody changes it. */
    READ_ONLY('r'),
    /** What it gets is an arithmetic expression. */
    INTEGER('i'),
    /** Its value is the name of the variable that is meant. */
    REFERENCE('n'),
    /** What it gets is put into lower case. */
    LOWER('l'),
    /** What it gets is put into upper case. */
    UPPER('u');

    private final char letter;

    Attribute(char letter) {
      this.letter = letter;
    }

    /** The option of {@code declare} that gives it. */
    public char letter() {
      return letter;
    }
  }

  static final Variable NONE = new Variable(Optional.empty(), Optional.empty(), Set.of(), 0);

  /** Its value; of an array the one at 0. */
  public Optional<String> value() {
    return array.isPresent() ? array.get().get("0") : text;
  }

  /** Whether programs get it. */
  public boolean exported() {
    return attributes.contains(Attribute.EXPORTED);
  }

  /** Whether nobody changes it. */
  public boolean readOnly() {
    return attributes.contains(Attribute.READ_ONLY);
  }

  /** Whether its value is the name of the variable that is meant. */
  public boolean isReference() {
    return attributes.contains(Attribute.REFERENCE);
  }

  /** Whether it is an array by texts. */
  public boolean isAssociative() {
    return array.filter(ArrayValue::isAssociative).isPresent();
  }

  /** The subscripts of what it has. */
  public List<String> keys() {
    return array.isPresent() ? array.get().keys() : text.isPresent() ? List.of("0") : List.of();
  }

  /** All that it has. */
  public List<String> values() {
    return array.isPresent() ? array.get().values() : text.stream().toList();
  }

  /** The value at a subscript. */
  public Optional<String> element(String key) {
    return array.isPresent() ? array.get().get(key) : text.filter(it -> key.equals("0"));
  }

  Variable with(Optional<String> newText, Optional<ArrayValue> newArray) {
    return new Variable(newText, newArray, attributes, 0);
  }

  Variable with(Attribute attribute, boolean on) {
    Set<Attribute> changed = EnumSet.noneOf(Attribute.class);
    changed.addAll(attributes);
    if (on) {
      changed.add(attribute);
    } else {
      changed.remove(attribute);
    }
    return new Variable(text, array, Set.copyOf(changed), 0);
  }
}
