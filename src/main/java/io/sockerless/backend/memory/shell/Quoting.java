package io.sockerless.backend.memory.shell;

/** Writes text so that a shell reads it as it is. */
public final class Quoting {

  private Quoting() {}

  /** In single quotes, always. */
  public static String quote(String text) {
    return "'" + text.replace("'", "'\"'\"'") + "'";
  }

  /** In single quotes as bash has them, always. */
  static String quoteForBash(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** In single quotes where ash's trace has them: it leaves an empty text empty. */
  static String quoteIfNeeded(String text) {
    boolean plain =
        text.chars()
            .allMatch(
                c -> (c < 128 && Character.isLetterOrDigit(c)) || "_-+./:@,^]".indexOf(c) >= 0);
    return plain ? text : quote(text);
  }
}
