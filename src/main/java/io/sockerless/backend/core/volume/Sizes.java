package io.sockerless.backend.core.volume;

import io.sockerless.engine.EngineException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as Docker's clients and mount options write them. */
final class Sizes {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmgt]?)i?b?");

  private Sizes() {}

  /**
   * Reads such as {@code 64m}, in powers of 1024.
   *
   * @throws EngineException.InvalidParameter for what is no size
   */
  static long parse(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new EngineException.InvalidParameter("invalid size: '" + text + "'");
    }
    int shift =
        switch (matcher.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          case "t" -> 40;
          default -> 0;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Long.MAX_VALUE >> shift) {
      throw new EngineException.InvalidParameter("invalid size: '" + text + "'");
    }
    return count << shift;
  }
}
