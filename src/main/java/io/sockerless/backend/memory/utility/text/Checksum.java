package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.CRC32;

/** {@code cksum}, {@code crc32} and {@code sum}: short checksums of files. */
public final class Checksum extends Utility {

  /** Which one. */
  enum Kind {
    CKSUM,
    CRC32,
    SUM
  }

  private static final int POLYNOMIAL = 0x04c11db7;

  private final Kind kind;

  Checksum(Kind kind) {
    this.kind = kind;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, kind == Kind.SUM ? "rs" : "");
    boolean named = !options.operands().isEmpty();
    return openEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          String suffix = named ? " " + name : "";
          output.printLine(
              switch (kind) {
                case CKSUM -> cksum(input) + suffix;
                case CRC32 -> crc32(input) + suffix;
                case SUM -> options.has('s') ? systemV(input) + suffix : bsd(input) + suffix;
              });
        });
  }

  private static String crc32(Input input) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[65_536];
    int count;
    while ((count = input.read(buffer, 0, buffer.length)) >= 0) {
      crc.update(buffer, 0, count);
    }
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /** POSIX' checksum: the most significant bit first, and the length at the end. */
  private static String cksum(Input input) throws IOException {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? POLYNOMIAL : 0);
      }
      table[i] = crc;
    }
    int crc = 0;
    long length = 0;
    int value;
    while ((value = input.read()) >= 0) {
      crc = crc << 8 ^ table[crc >>> 24 ^ value];
      length++;
    }
    for (long left = length; left > 0; left >>>= 8) {
      crc = crc << 8 ^ table[crc >>> 24 ^ ((int) left & 0xff)];
    }
    return Integer.toUnsignedString(~crc) + " " + length;
  }

  private static String bsd(Input input) throws IOException {
    int sum = 0;
    long length = 0;
    int value;
    while ((value = input.read()) >= 0) {
      sum = (sum >> 1) + ((sum & 1) << 15) + value & 0xffff;
      length++;
    }
    return String.format(Locale.ROOT, "%05d %5d", sum, (length + 1023) / 1024);
  }

  private static String systemV(Input input) throws IOException {
    long sum = 0;
    long length = 0;
    int value;
    while ((value = input.read()) >= 0) {
      sum += value;
      length++;
    }
    long folded = (sum & 0xffff) + (sum >> 16 & 0xffff);
    return ((folded & 0xffff) + (folded >> 16)) + " " + (length + 511) / 512;
  }
}
