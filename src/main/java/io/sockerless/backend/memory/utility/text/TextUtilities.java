package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Program;
import java.util.Map;

/** The utilities that read, change and write text, by the names that they are called by. */
public final class TextUtilities {

  private TextUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return Map.<String, Program>ofEntries(
        Map.entry("cat", new Cat()),
        Map.entry("echo", new Echo()),
        Map.entry("false", new Constant(1)),
        Map.entry("head", new Head()),
        Map.entry("nl", new Nl()),
        Map.entry("printf", new Printf()),
        Map.entry("rev", new Rev()),
        Map.entry("seq", new Seq()),
        Map.entry("tac", new Tac()),
        Map.entry("tee", new Tee()),
        Map.entry("true", new Constant(0)),
        Map.entry("wc", new Wc()),
        Map.entry("yes", new Yes()));
  }
}
