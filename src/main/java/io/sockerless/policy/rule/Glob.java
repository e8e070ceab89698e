package io.sockerless.policy.rule;

import java.util.regex.Pattern;

/** A text in which {@code *} stands for any characters: how rules name many things at once. */
public final class Glob {

  private final String text;
  private final Pattern pattern;
  private final boolean plain;

  private Glob(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
    this.plain = text.indexOf('*') < 0;
  }

  /** Reads a pattern; all but {@code *} stands for itself. */
  public static Glob of(String text) {
    StringBuilder pattern = new StringBuilder();
    for (String part : text.split("\\*", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return new Glob(text, Pattern.compile(pattern.toString(), Pattern.DOTALL));
  }

  /** Whether the whole text fits. Most patterns are plain names, of which there may be hundreds. */
  public boolean matches(String candidate) {
    return plain ? text.equals(candidate) : pattern.matcher(candidate).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
