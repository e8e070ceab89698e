package io.sockerless.backend.core.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells how much of a stream has been read. */
final class Watched extends FilterInputStream {

  private final BlobDownload.Meter meter;
  private long total;

  /**
   * Watches a stream.
   *
   * @param offset what has been read before
   */
  Watched(InputStream in, long offset, BlobDownload.Meter meter) {
    super(in);
    this.total = offset;
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      total += count;
      meter.reached(total);
    }
    return count;
  }
}
