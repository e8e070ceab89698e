package io.sockerless.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Makes tar streams byte by byte, so that they can be as wrong as a test wants them. */
public final class RawTar {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a member whose header tells the content's size. */
  public RawTar add(String name, char type, String link, String content) {
    byte[] data = content.getBytes(UTF_8);
    return header(name, type, link, octal(data.length, 11)).data(data);
  }

  /** Adds a file. */
  public RawTar file(String name, String content) {
    return add(name, '0', "", content);
  }

  /** Adds a member without content. */
  public RawTar add(String name, char type, String link) {
    return add(name, type, link, "");
  }

  /** Adds a header alone. */
  public RawTar header(String name, char type, String link, String size) {
    byte[] block = new byte[512];
    put(block, 0, 100, name);
    put(block, 100, 8, "0000644");
    put(block, 108, 8, "0000000");
    put(block, 116, 8, "0000000");
    put(block, 124, 12, size);
    put(block, 136, 12, "14570000000");
    block[156] = (byte) type;
    put(block, 157, 100, link);
    put(block, 257, 8, "ustar\00000");
    return block(block);
  }

  /** Adds a block as it is but for its checksum, which is made right. */
  public RawTar block(byte[] block) {
    put(block, 148, 8, "        ");
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, 8, octal(sum, 6) + "\0 ");
    return raw(block);
  }

  /** Adds content, and zeros up to the end of a block. */
  public RawTar data(byte[] data) {
    raw(data);
    return raw(new byte[(512 - data.length % 512) % 512]);
  }

  /** Adds bytes. */
  public RawTar raw(byte[] data) {
    bytes.writeBytes(data);
    return this;
  }

  /** Adds a PAX header of one record for the member after it. */
  public RawTar pax(String key, String value) {
    return add("pax", 'x', "", record(key, value));
  }

  /** One record of a PAX header. */
  public static String record(String key, String value) {
    int length = key.length() + value.getBytes(UTF_8).length + 3;
    int all = length + Integer.toString(length).length();
    all = length + Integer.toString(all).length();
    return all + " " + key + "=" + value + "\n";
  }

  /** All of it, and the archive's end. */
  public byte[] end() {
    raw(new byte[1_024]);
    return bytes.toByteArray();
  }

  /** All of it, without an end. */
  public byte[] cut() {
    return bytes.toByteArray();
  }

  private static String octal(long number, int digits) {
    String text = Long.toOctalString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  private static void put(byte[] block, int offset, int length, String text) {
    byte[] data = text.getBytes(ISO_8859_1);
    System.arraycopy(data, 0, block, offset, Math.min(length, data.length));
  }
}
