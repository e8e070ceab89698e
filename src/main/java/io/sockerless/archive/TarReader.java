package io.sockerless.archive;

import io.sockerless.archive.TarEntry.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads a tar stream of any common dialect (V7, ustar, GNU, PAX, sparse files of all of them),
 * member by member. It is written for input that means harm: what is not well formed is an error,
 * never guessed at, and no header makes it take more than a megabyte.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax</a>
 * @see <a href="https://www.gnu.org/software/tar/manual/html_section/Formats.html">GNU tar's
 *     formats</a>
 */
public final class TarReader implements AutoCloseable {

  static final int BLOCK = 512;

  /** More than any honest name or set of attributes needs. */
  private static final int MAX_SPECIAL = 1 << 20;

  private static final String REAL_SIZE = "GNU.sparse.realsize";

  private final InputStream input;
  private final PaxRecords global = new PaxRecords();
  private long position;
  private long dataEnd;
  private long nextHeader;
  private SparseMap map = SparseMap.whole(0, 0);

  /** Reads this stream, best a buffered one; skipping in it is used where it is cheap. */
  public TarReader(InputStream input) {
    this.input = input;
  }

  /**
   * The next member; empty at the end. Its content can be read until the one after it is asked for.
   */
  public Optional<TarEntry> next() throws IOException {
    PaxRecords local = new PaxRecords();
    while (true) {
      Optional<TarHeader> next = header();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      TarHeader header = next.get();
      switch (header.type()) {
        case 'x' -> local.parse(special(header));
        case 'g' -> global.parse(special(header));
        case 'L' -> local.put("path", TarHeader.text(special(header)));
        case 'K' -> local.put("linkpath", TarHeader.text(special(header)));
        default -> {
          return Optional.of(entry(header, local.over(global)));
        }
      }
    }
  }

  /** The content of the current member; holes are read as zeros. */
  public InputStream content() {
    return new SparseInput(this, map);
  }

  /**
   * Where in the tar stream the current member's content is, in the content's order; what lies
   * between the pieces, and behind the last, is zeros.
   */
  public List<Piece> pieces() {
    return map.pieces();
  }

  /**
   * A part of a content.
   *
   * @param start where it begins in the content
   * @param position where it begins in the tar stream
   */
  public record Piece(long start, long position, long length) {}

  @Override
  public void close() throws IOException {
    input.close();
  }

  private Optional<TarHeader> header() throws IOException {
    skipTo(dataEnd);
    if (!skipPadding()) {
      return Optional.empty();
    }
    byte[] block = new byte[BLOCK];
    int count = input.readNBytes(block, 0, BLOCK);
    position += count;
    if (count == BLOCK && TarHeader.isEmpty(block)) {
      readSecondOfEnd();
      return Optional.empty();
    }
    if (count == 0) {
      return Optional.empty();
    }
    if (count < BLOCK) {
      throw new EOFException("unexpected end of the tar stream");
    }
    TarHeader header = new TarHeader(block);
    setData(header.hasData() ? header.size() : 0);
    return Optional.of(header);
  }

  /** Two empty blocks are the end, of which the second may be missing but not be cut. */
  private void readSecondOfEnd() throws IOException {
    int count = input.readNBytes(BLOCK).length;
    position += count;
    if (count > 0 && count < BLOCK) {
      throw new EOFException("unexpected end of the tar stream");
    }
  }

  /** Writers that are not closed, as docker's command has one, leave out the last padding. */
  private boolean skipPadding() throws IOException {
    while (position < nextHeader) {
      if (input.read() < 0) {
        return false;
      }
      position++;
    }
    return true;
  }

  private void setData(long size) throws IOException {
    if (size < 0 || size > Long.MAX_VALUE - position - BLOCK) {
      throw new IOException("invalid tar header: size " + size);
    }
    dataEnd = position + size;
    nextHeader = position + (size + BLOCK - 1) / BLOCK * BLOCK;
    map = SparseMap.whole(position, size);
  }

  private byte[] special(TarHeader header) throws IOException {
    if (header.size() > MAX_SPECIAL) {
      throw new IOException("invalid tar header: " + header.size() + " bytes of attributes");
    }
    return block((int) header.size());
  }

  private TarEntry entry(TarHeader header, PaxRecords pax) throws IOException {
    String name = pax.text("GNU.sparse.name").or(() -> pax.text("path")).orElse(header.name());
    Kind kind = header.kind(name);
    if (kind == Kind.FILE && header.hasData()) {
      Optional<Long> size = pax.number("size");
      if (size.isPresent()) {
        setData(size.get());
      }
      readMap(header, pax);
    }
    return new TarEntry(
        name,
        kind,
        header.mode(),
        pax.number("uid").orElse(header.uid()),
        pax.number("gid").orElse(header.gid()),
        modified(header, pax),
        kind == Kind.SYMLINK || kind == Kind.HARD_LINK
            ? pax.text("linkpath").orElse(header.linkTarget())
            : "",
        kind == Kind.CHARACTER || kind == Kind.BLOCK ? header.major() : 0,
        kind == Kind.CHARACTER || kind == Kind.BLOCK ? header.minor() : 0,
        kind == Kind.FILE ? map.size() : 0,
        pax.extended());
  }

  private static Instant modified(TarHeader header, PaxRecords pax) throws IOException {
    Optional<Instant> precise = pax.time("mtime");
    return precise.isPresent() ? precise.get() : PaxRecords.instant(header.modified(), 0);
  }

  /** A sparse file's map is in its header, in the blocks behind it, or at the data's beginning. */
  private void readMap(TarHeader header, PaxRecords pax) throws IOException {
    if (header.type() == 'S') {
      long size = header.size();
      SparseMap.Builder builder = new SparseMap.Builder(header.realSize());
      boolean more = header.sparsePairs(builder);
      while (more) {
        more = TarHeader.extendedPairs(block(BLOCK), builder);
      }
      setData(size);
      map = builder.build(position, size);
    } else if (pax.text("GNU.sparse.major").equals(Optional.of("1"))) {
      readLeadingMap(pax);
    } else if (pax.text("GNU.sparse.map").isPresent()) {
      String key = pax.text("GNU.sparse.size").isPresent() ? "GNU.sparse.size" : REAL_SIZE;
      SparseMap.Builder builder = new SparseMap.Builder(pax.number(key).orElse(-1L));
      builder.addAll(pax.text("GNU.sparse.map").get());
      map = builder.build(position, dataEnd - position);
    }
  }

  private void readLeadingMap(PaxRecords pax) throws IOException {
    SparseMap.Builder builder = new SparseMap.Builder(pax.number(REAL_SIZE).orElse(-1L));
    LeadingMap numbers = new LeadingMap();
    long count = numbers.next();
    for (long i = 0; i < count; i++) {
      builder.add(numbers.next(), numbers.next());
    }
    map = builder.build(position, dataEnd - position);
  }

  /** Decimal numbers, a line each, padded to whole blocks. */
  private final class LeadingMap {
    private byte[] bytes = new byte[0];
    private int index;

    long next() throws IOException {
      long number = 0;
      int digits = 0;
      while (true) {
        if (index == bytes.length) {
          if (position >= dataEnd) {
            throw new IOException("invalid sparse map");
          }
          bytes = block(BLOCK);
          index = 0;
        }
        int digit = bytes[index++];
        if (digit == '\n' && digits > 0) {
          return number;
        }
        if (digit < '0' || digit > '9' || ++digits > 18) {
          throw new IOException("invalid sparse map");
        }
        number = number * 10 + digit - '0';
      }
    }
  }

  private byte[] block(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    position += bytes.length;
    if (bytes.length < length) {
      throw new EOFException("unexpected end of the tar stream");
    }
    return bytes;
  }

  /** Reads at a position that has not been passed yet. */
  int read(long at, byte[] bytes, int offset, int length) throws IOException {
    if (at < position) {
      throw new IOException("the tar stream has gone on");
    }
    skipTo(at);
    int count = input.read(bytes, offset, length);
    if (count < 0) {
      throw new EOFException("unexpected end of the tar stream");
    }
    position += count;
    return count;
  }

  private void skipTo(long target) throws IOException {
    while (position < target) {
      long skipped = input.skip(target - position);
      if (skipped <= 0) {
        if (input.read() < 0) {
          throw new EOFException("unexpected end of the tar stream");
        }
        skipped = 1;
      }
      position += skipped;
    }
  }
}
