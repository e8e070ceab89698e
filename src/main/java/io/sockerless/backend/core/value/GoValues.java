package io.sockerless.backend.core.value;

import io.sockerless.engine.EngineException;
import java.util.Optional;

/**
 * Values in the texts of requests, read as dockerd's language reads them: clients know its errors
 * by their words.
 *
 * @see <a href="https://pkg.go.dev/strconv">strconv</a>
 */
public final class GoValues {

  private GoValues() {}

  /** A truth value in any of its spellings; empty for another text. */
  public static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * Rows or columns of a terminal.
   *
   * @throws EngineException.InvalidParameter for what is no number
   */
  public static int characters(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw noNumber("ParseUint", text);
    }
  }

  /**
   * A number as {@code Atoi} reads it.
   *
   * @throws EngineException.InvalidParameter for what is no number
   */
  public static long integer(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw noNumber("Atoi", text);
    }
  }

  /**
   * What is said of a text that should have been a number.
   *
   * @param function which of Go's functions dockerd reads it with
   */
  public static EngineException noNumber(String function, String text) {
    return new EngineException.InvalidParameter(
        "strconv." + function + ": parsing " + GoText.quoted(text) + ": invalid syntax");
  }
}
