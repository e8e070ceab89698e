package io.sockerless.archive;

import io.sockerless.archive.TarEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar stream of ustar headers, with PAX headers for what these have no room for. Readers
 * that know no PAX still find each number, and as much of a name as there is room for.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax</a>
 */
public final class TarWriter implements AutoCloseable {

  private final OutputStream output;

  /** Writes to this stream, which stays open. */
  public TarWriter(OutputStream stream) {
    output = stream;
  }

  /** Writes a member without content. */
  public void put(TarEntry entry) throws IOException {
    put(entry, InputStream.nullInputStream());
  }

  /**
   * Writes a member.
   *
   * @param content as many bytes as the entry's size tells; if there are fewer, zeros stand for the
   *     missing ones, as the file may have been cut meanwhile
   */
  public void put(TarEntry entry, InputStream content) throws IOException {
    putHeaders(entry);
    byte[] buffer = new byte[Math.clamp(entry.size(), TarReader.BLOCK, 65_536)];
    boolean ended = false;
    for (long left = entry.size(); left > 0; ) {
      int wanted = (int) Math.min(buffer.length, left);
      int count = ended ? -1 : content.read(buffer, 0, wanted);
      if (count < 0 && !ended) {
        ended = true;
        Arrays.fill(buffer, (byte) 0);
      }
      int written = ended ? wanted : count;
      output.write(buffer, 0, written);
      left -= written;
    }
    pad(entry.size());
  }

  private void putHeaders(TarEntry entry) throws IOException {
    byte[] name = bytes(nameOf(entry));
    byte[] target = bytes(entry.linkTarget());
    TarHeaderBuilder header =
        new TarHeaderBuilder(type(entry.kind()))
            .mode(entry.mode())
            .owner(entry.uid(), entry.gid())
            .size(entry.size())
            .modified(entry.modified().getEpochSecond())
            .device(entry.major(), entry.minor());
    PaxOutput pax = new PaxOutput();
    if (!header.name(name)) {
      pax.add("path", name);
    }
    if (!header.linkTarget(target)) {
      pax.add("linkpath", target);
    }
    pax.addLarge("uid", entry.uid(), TarHeaderBuilder.MAX_OWNER);
    pax.addLarge("gid", entry.gid(), TarHeaderBuilder.MAX_OWNER);
    pax.addLarge("size", entry.size(), TarHeaderBuilder.MAX_SIZE);
    pax.addTime("mtime", entry.modified(), TarHeaderBuilder.MAX_SIZE);
    pax.addExtended(entry.extended());
    if (!pax.isEmpty()) {
      byte[] records = pax.toBytes();
      TarHeaderBuilder about = new TarHeaderBuilder('x').mode(0644).size(records.length);
      about.name(bytes("././@PaxHeader"));
      output.write(about.build());
      output.write(records);
      pad(records.length);
    }
    output.write(header.build());
  }

  private static String nameOf(TarEntry entry) {
    boolean folder = entry.kind() == Kind.DIRECTORY && !entry.name().endsWith("/");
    return folder ? entry.name() + "/" : entry.name();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static char type(Kind kind) {
    return switch (kind) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case SYMLINK -> '2';
      case CHARACTER -> '3';
      case BLOCK -> '4';
      case DIRECTORY -> '5';
      case FIFO -> '6';
    };
  }

  private void pad(long size) throws IOException {
    output.write(new byte[(int) Math.floorMod(-size, (long) TarReader.BLOCK)]);
  }

  /** Ends the archive, and leaves the stream open. */
  @Override
  public void close() throws IOException {
    output.write(new byte[2 * TarReader.BLOCK]);
    output.flush();
  }
}
