package io.sockerless.archive;

import io.sockerless.archive.TarEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a tar stream, with PAX headers for what the classic header has no room for. */
public final class TarWriter implements AutoCloseable {

  private final TarArchiveOutputStream output;

  /** Writes to this stream, which stays open. */
  public TarWriter(OutputStream stream) {
    output = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
    output.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    output.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    output.setAddPaxHeadersForNonAsciiNames(true);
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
    output.putArchiveEntry(header(entry));
    byte[] buffer = new byte[Math.clamp(entry.size(), 512, 65_536)];
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
    output.closeArchiveEntry();
  }

  private static TarArchiveEntry header(TarEntry entry) {
    String name =
        entry.kind() == Kind.DIRECTORY && !entry.name().endsWith("/")
            ? entry.name() + "/"
            : entry.name();
    TarArchiveEntry header = new TarArchiveEntry(name, type(entry.kind()), true);
    header.setMode(entry.mode());
    header.setUserId(entry.uid());
    header.setGroupId(entry.gid());
    header.setLastModifiedTime(FileTime.from(entry.modified()));
    header.setLinkName(entry.linkTarget());
    header.setDevMajor(entry.major());
    header.setDevMinor(entry.minor());
    header.setSize(entry.size());
    return header;
  }

  private static byte type(Kind kind) {
    return switch (kind) {
      case FILE -> TarConstants.LF_NORMAL;
      case DIRECTORY -> TarConstants.LF_DIR;
      case SYMLINK -> TarConstants.LF_SYMLINK;
      case HARD_LINK -> TarConstants.LF_LINK;
      case CHARACTER -> TarConstants.LF_CHR;
      case BLOCK -> TarConstants.LF_BLK;
      case FIFO -> TarConstants.LF_FIFO;
    };
  }

  /** Ends the archive, and leaves the stream open. */
  @Override
  public void close() throws IOException {
    output.finish();
    output.flush();
  }
}
