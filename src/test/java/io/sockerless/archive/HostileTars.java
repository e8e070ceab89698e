package io.sockerless.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Tar streams that mean harm, for whoever unpacks some. They are made for a folder {@code target}
 * with {@code file}, a folder {@code inside} and links: {@code out} to {@code /outside}, {@code up}
 * to {@code ..}, {@code loop} to itself, {@code passwd} to {@code /etc/passwd}, {@code dangling} to
 * {@code /nowhere}, {@code here} to {@code inside} and {@code host} to a folder of the machine.
 * Next to it are {@code secret}, {@code outside} and {@code etc/passwd}.
 */
public final class HostileTars {

  private HostileTars() {}

  /**
   * A stream.
   *
   * @param refused whether it must be refused; else it must do no harm
   */
  public record Case(String name, byte[] tar, boolean refused) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case refused(String name, byte[] tar) {
    return new Case(name, tar, true);
  }

  private static Case harmless(String name, byte[] tar) {
    return new Case(name, tar, false);
  }

  private static RawTar tar() {
    return new RawTar();
  }

  /** Names that lead out of the folder, or look as if they did. */
  public static Stream<Case> names() {
    return Stream.of(
        refused("one level up", tar().file("../evil", "x").end()),
        refused("many levels up", tar().file("../../../../../../tmp/evil", "x").end()),
        refused("up after down", tar().file("a/../../evil", "x").end()),
        refused("up hidden among dots", tar().file("./.././evil", "x").end()),
        refused("up with doubled slashes", tar().file("..//..//evil", "x").end()),
        refused("a folder above", tar().add("../evil/", '5', "").end()),
        refused("a link above", tar().add("../evil", '2', "/etc").end()),
        refused("a pipe above", tar().add("../evil", '6', "").end()),
        refused("a device above", tar().add("../evil", '3', "").end()),
        refused("up in a PAX name", tar().pax("path", "../evil").file("good", "x").end()),
        refused("up in a GNU name", tar().add("l", 'L', "", "../evil").file("g", "x").end()),
        refused("up in a prefix", prefixed("../..", "evil")),
        refused(
            "up in a sparse file's name",
            tar().pax("GNU.sparse.name", "../evil").file("good", "x").end()),
        refused(
            "a global PAX name",
            tar().add("g", 'g', "", RawTar.record("path", "../evil")).file("good", "x").end()),
        refused("a name with a zero byte", tar().pax("path", "a\0b").file("g", "x").end()),
        refused("a name too long", tar().pax("path", "n".repeat(300)).file("g", "x").end()),
        refused(
            "a path too long", tar().pax("path", "d/".repeat(3_000) + "f").file("g", "x").end()),
        harmless("an absolute name", tar().file("/etc/passwd", "x").end()),
        harmless("an absolute name of the host", tar().file("/tmp/evil", "x").end()),
        harmless("down and up again", tar().file("a/../b", "x").end()),
        harmless("backslashes", tar().file("..\\..\\evil", "x").end()),
        harmless("three dots", tar().file(".../evil", "x").end()),
        harmless("the root itself", tar().add("./", '5', "").end()),
        harmless("the root as a file", tar().file(".", "x").end()),
        harmless("an empty name", tar().file("", "x").end()),
        harmless("a drive letter", tar().file("C:/evil", "x").end()));
  }

  private static byte[] prefixed(String prefix, String name) {
    byte[] block = Arrays.copyOf(tar().add(name, '0', "").cut(), 512);
    byte[] text = prefix.getBytes(ISO_8859_1);
    System.arraycopy(text, 0, block, 345, text.length);
    return tar().block(block).end();
  }

  /** Symbolic links that lead out of it. */
  public static Stream<Case> links() {
    return Stream.of(
        refused("through a link that was there", tar().file("out/evil", "x").end()),
        refused("through a link upwards", tar().file("up/evil", "x").end()),
        refused("over a file outside by a link", tar().file("up/secret", "x").end()),
        refused(
            "through a link of its own", tar().add("l", '2', "/outside").file("l/evil", "x").end()),
        refused(
            "through a relative link of its own",
            tar().add("l", '2', "../outside").file("l/evil", "x").end()),
        refused(
            "through two links",
            tar().add("a", '2', "b").add("b", '2', "/outside").file("a/evil", "x").end()),
        refused(
            "through a link in a folder of its own",
            tar().add("d/", '5', "").add("d/l", '2', "../..").file("d/l/evil", "x").end()),
        refused("a folder through a link", tar().add("out/evil/", '5', "").end()),
        refused("a link through a link", tar().add("out/evil", '2', "x").end()),
        refused("through a link to the host", tar().file("host/evil", "x").end()),
        refused("through a link that leads in circles", tar().file("loop/evil", "x").end()),
        refused("through a dangling link", tar().file("dangling/evil", "x").end()),
        refused("through a link to a file", tar().file("passwd/evil", "x").end()),
        refused(
            "through a link to a process' root",
            tar().add("l", '2', "/proc/self/root").file("l/evil", "x").end()),
        harmless("a link in a file's place", tar().add("file", '2', "/etc/passwd").end()),
        harmless("a file in a link's place", tar().file("passwd", "x").end()),
        harmless("a folder in a link's place", tar().add("out/", '5', "").file("out/f", "x").end()),
        harmless("a link upwards that nobody follows", tar().add("l", '2', "../../..").end()),
        harmless("through a link that stays inside", tar().file("here/f", "x").end()),
        refused("a link to nothing", tar().add("l", '2', "").end()));
  }

  /** Hard links to what is outside. */
  public static Stream<Case> hardLinks() {
    return Stream.of(
        refused("to a file above", tar().add("l", '1', "../secret").end()),
        refused("to an absolute name", tar().add("l", '1', "/etc/passwd").end()),
        refused("through a link", tar().add("l", '1', "up/secret").end()),
        refused(
            "through a link of its own", tar().add("s", '2', "/").add("l", '1', "s/secret").end()),
        refused(
            "to a PAX name above", tar().pax("linkpath", "../secret").add("l", '1', "file").end()),
        refused(
            "to a GNU name above",
            tar().add("k", 'K', "", "../secret").add("l", '1', "file").end()),
        refused("to nothing", tar().add("l", '1', "nothing").end()),
        refused("to a folder", tar().add("l", '1', "inside").end()),
        refused("to the root", tar().add("l", '1', ".").end()),
        harmless("to itself", tar().add("file", '1', "file").end()),
        harmless(
            "to a link that leads out, then written",
            tar().add("l", '1', "passwd").file("l", "x").end()));
  }

  /** Members that are no files. */
  public static Stream<Case> kinds() {
    return Stream.of(
        harmless("a device", tar().add("sda", '4', "").end()),
        harmless("kernel memory", tar().add("kmem", '3', "").end()),
        harmless("a pipe", tar().add("p", '6', "").end()),
        harmless("a pipe, then a file of its name", tar().add("p", '6', "").file("p", "x").end()),
        refused("an unknown type", tar().add("u", 'Z', "").end()),
        refused("a part of a multi-volume archive", tar().add("m", 'M', "").end()),
        refused("a file below a file", tar().file("file/x", "x").end()),
        refused("a file below a device", tar().add("d", '3', "").file("d/x", "x").end()));
  }

  /** Streams that are no tar streams, or lie about themselves. */
  public static Stream<Case> bytes() {
    return Stream.of(
        refused("noise", noise()),
        refused("a wrong checksum", broken(150)),
        refused("half a header", Arrays.copyOf(tar().file("a", "x").cut(), 300)),
        refused("half a content", tar().header("a", '0', "", "00000010000").raw(new byte[9]).cut()),
        refused("a size of eight exabytes", tar().header("a", '0', "", binary(0x7f)).cut()),
        refused("a negative size", tar().header("a", '0', "", binary(0xff)).cut()),
        refused("a size that is no number", tar().header("a", '0', "", "0000000zzzz").cut()),
        refused("a negative PAX size", tar().pax("size", "-1").file("a", "x").end()),
        refused("a PAX size that is no number", tar().pax("size", "1e9").file("a", "x").end()),
        refused(
            "a PAX header without an end",
            tar().add("p", 'x', "", "999 path=a\n").file("a", "x").end()),
        refused("a PAX header of a gigabyte", tar().header("p", 'x', "", "10000000000").cut()),
        refused("a GNU name of a gigabyte", tar().header("n", 'L', "", "10000000000").cut()),
        refused(
            "a time beyond all times",
            tar().pax("mtime", "999999999999999999").file("a", "x").end()),
        refused(
            "a time with a huge exponent", tar().pax("mtime", "9e99999999").file("a", "").end()),
        refused("an owner beyond all numbers", tar().pax("uid", "99999999999").file("a", "").end()),
        refused("a negative owner", tar().pax("uid", "-5").file("a", "").end()),
        refused("a sparse file whose pieces overlap", sparse("100", "0,1,0,1")),
        refused("a sparse file with more than it has", sparse("100", "0,99")),
        refused("a sparse file beyond its size", sparse("1", "5,1")),
        refused("a sparse map that is no map", sparse("100", "0,x")),
        refused("a broken gzip stream", Arrays.copyOf(gzip(noise()), 200)),
        refused("a broken zstd stream", zstd()),
        harmless("an archive that just ends", tar().file("a", "x").cut()),
        harmless("nothing", new byte[0]));
  }

  private static byte[] noise() {
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static byte[] broken(int at) {
    byte[] bytes = tar().file("a", "x").end();
    bytes[at]++;
    return bytes;
  }

  private static String binary(int first) {
    char[] number = new char[12];
    Arrays.fill(number, (char) 0xff);
    number[0] = first == 0xff ? (char) 0xff : (char) 0x80;
    if (first != 0xff) {
      number[1] = 0;
      number[2] = 0;
      number[3] = 0;
      number[4] = 0x7f;
    }
    return new String(number);
  }

  /** A file of one byte with a sparse map. */
  public static byte[] sparse(String size, String map) {
    String records =
        RawTar.record("GNU.sparse.map", map) + RawTar.record("GNU.sparse.realsize", size);
    return tar().add("p", 'x', "", records).file("a", "x").end();
  }

  /** Packs bytes. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
      output.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] zstd() {
    byte[] bytes = noise();
    byte[] magic = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    System.arraycopy(magic, 0, bytes, 0, 4);
    return bytes;
  }
}
