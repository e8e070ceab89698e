package io.sockerless.backend.memory.utility;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** POSIX' classes of characters by their names, for ASCII. */
public final class CharacterClass {

  private static final Map<String, IntPredicate> CLASSES =
      Map.ofEntries(
          Map.entry("alpha", c -> isLower(c) || isUpper(c)),
          Map.entry("digit", CharacterClass::isDigit),
          Map.entry("alnum", c -> isLower(c) || isUpper(c) || isDigit(c)),
          Map.entry("upper", CharacterClass::isUpper),
          Map.entry("lower", CharacterClass::isLower),
          Map.entry("space", c -> c == ' ' || (c >= '\t' && c <= '\r')),
          Map.entry("blank", c -> c == ' ' || c == '\t'),
          Map.entry("cntrl", c -> c < ' ' || c == 0x7f),
          Map.entry("print", c -> c >= ' ' && c < 0x7f),
          Map.entry("graph", c -> c > ' ' && c < 0x7f),
          Map.entry("punct", c -> c > ' ' && c < 0x7f && !isLower(c) && !isUpper(c) && !isDigit(c)),
          Map.entry("xdigit", c -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));

  private CharacterClass() {}

  /** The class of a name, without the colons. */
  public static Optional<IntPredicate> named(String name) {
    return Optional.ofNullable(CLASSES.get(name));
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
