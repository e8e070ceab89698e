package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.utility.awk.Awk;
import io.sockerless.backend.memory.utility.calculate.Bc;
import io.sockerless.backend.memory.utility.calculate.Dc;
import io.sockerless.backend.memory.utility.diff.Diff;
import io.sockerless.backend.memory.utility.diff.Patch;
import io.sockerless.backend.memory.utility.grep.Grep;
import io.sockerless.backend.memory.utility.jq.Jq;
import io.sockerless.backend.memory.utility.sed.Sed;
import java.util.Map;

/** The utilities that read, change and write text, by the names that they are called by. */
public final class TextUtilities {

  private TextUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return Map.<String, Program>ofEntries(
        Map.entry("[", new Test()),
        Map.entry("awk", new Awk()),
        Map.entry("bc", new Bc()),
        Map.entry("base32", BaseEncoding.base32()),
        Map.entry("base64", BaseEncoding.base64()),
        Map.entry("cat", new Cat()),
        Map.entry("cksum", new Checksum(Checksum.Kind.CKSUM)),
        Map.entry("cmp", new Cmp()),
        Map.entry("comm", new Comm()),
        Map.entry("crc32", new Checksum(Checksum.Kind.CRC32)),
        Map.entry("cut", new Cut()),
        Map.entry("diff", new Diff()),
        Map.entry("dc", new Dc()),
        Map.entry("dos2unix", new LineEnds(false)),
        Map.entry("echo", new Echo()),
        Map.entry("egrep", new Grep()),
        Map.entry("envsubst", new Envsubst()),
        Map.entry("expand", new Expand()),
        Map.entry("expr", new Expr()),
        Map.entry("factor", new Factor()),
        Map.entry("false", new Constant(1)),
        Map.entry("fgrep", new Grep()),
        Map.entry("fold", new Fold()),
        Map.entry("getopt", new Getopt()),
        Map.entry("grep", new Grep()),
        Map.entry("hd", new Hexdump()),
        Map.entry("head", new Head()),
        Map.entry("hexdump", new Hexdump()),
        Map.entry("iconv", new Iconv()),
        Map.entry("join", new Join()),
        Map.entry("jq", new Jq()),
        Map.entry("less", new Cat()),
        Map.entry("md5sum", new Digest("MD5")),
        Map.entry("more", new Cat()),
        Map.entry("nl", new Nl()),
        Map.entry("od", new Od()),
        Map.entry("paste", new Paste()),
        Map.entry("patch", new Patch()),
        Map.entry("printf", new Printf()),
        Map.entry("rev", new Rev()),
        Map.entry("sed", new Sed()),
        Map.entry("seq", new Seq()),
        Map.entry("sha1sum", new Digest("SHA-1")),
        Map.entry("sha256sum", new Digest("SHA-256")),
        Map.entry("sha3sum", new Digest("SHA3-224")),
        Map.entry("sha512sum", new Digest("SHA-512")),
        Map.entry("shuf", new Shuf()),
        Map.entry("sort", new Sort()),
        Map.entry("split", new Split()),
        Map.entry("strings", new Strings()),
        Map.entry("sum", new Checksum(Checksum.Kind.SUM)),
        Map.entry("tac", new Tac()),
        Map.entry("tail", new Tail()),
        Map.entry("tee", new Tee()),
        Map.entry("test", new Test()),
        Map.entry("tr", new Tr()),
        Map.entry("tsort", new Tsort()),
        Map.entry("uudecode", new Uudecode()),
        Map.entry("uuencode", new Uuencode()),
        Map.entry("true", new Constant(0)),
        Map.entry("unexpand", new Unexpand()),
        Map.entry("uniq", new Uniq()),
        Map.entry("unix2dos", new LineEnds(true)),
        Map.entry("wc", new Wc()),
        Map.entry("xxd", new Xxd()),
        Map.entry("yes", new Yes()));
  }
}
