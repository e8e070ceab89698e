package io.sockerless.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is done with what the rules say. */
enum Mode {
  /** What they deny is refused. */
  ENFORCE,
  /** What they would deny is logged, and done. */
  DRY_RUN,
  /** There are no rules; what is done is written as rules. */
  LEARN;

  static Mode of(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.key().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                PolicyConfig.MODE
                    + ": "
                    + text
                    + ": there is no such mode; there are: "
                    + Arrays.stream(values()).map(Mode::key).collect(Collectors.joining(", "))));
  }

  /** As the setting spells it. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
