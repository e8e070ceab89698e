package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.utility.grep.Grep;
import io.sockerless.backend.memory.utility.sed.Sed;
import java.util.Map;

/** The utilities that read, change and write text, by the names that they are called by. */
public final class TextUtilities {

  private TextUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return Map.<String, Program>ofEntries(
        Map.entry("[", new Test()),
        Map.entry("cat", new Cat()),
        Map.entry("cmp", new Cmp()),
        Map.entry("comm", new Comm()),
        Map.entry("cut", new Cut()),
        Map.entry("echo", new Echo()),
        Map.entry("egrep", new Grep()),
        Map.entry("expand", new Expand()),
        Map.entry("expr", new Expr()),
        Map.entry("false", new Constant(1)),
        Map.entry("fgrep", new Grep()),
        Map.entry("fold", new Fold()),
        Map.entry("grep", new Grep()),
        Map.entry("head", new Head()),
        Map.entry("join", new Join()),
        Map.entry("nl", new Nl()),
        Map.entry("paste", new Paste()),
        Map.entry("printf", new Printf()),
        Map.entry("rev", new Rev()),
        Map.entry("sed", new Sed()),
        Map.entry("seq", new Seq()),
        Map.entry("sort", new Sort()),
        Map.entry("split", new Split()),
        Map.entry("tac", new Tac()),
        Map.entry("tail", new Tail()),
        Map.entry("tee", new Tee()),
        Map.entry("test", new Test()),
        Map.entry("tr", new Tr()),
        Map.entry("true", new Constant(0)),
        Map.entry("unexpand", new Unexpand()),
        Map.entry("uniq", new Uniq()),
        Map.entry("wc", new Wc()),
        Map.entry("yes", new Yes()));
  }
}
