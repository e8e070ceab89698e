package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A regular file that is open, wherever its content is. */
final class OpenRegular extends OpenFile {

  /** The file as its tree knows it. */
  interface Owner {
    FileStat stat() throws IOException;

    /** The content has changed. */
    void written(Instant time);

    /** It is no longer open; the content was used once by it. */
    void release(boolean written) throws IOException;
  }

  private final Node node;
  private final Owner owner;
  private final Content content;
  private final OpenMode mode;
  private final ContentTraffic traffic;
  private final ReentrantLock lock = new ReentrantLock();
  private long position;
  private volatile boolean written;

  /** Takes over one use of the content. */
  OpenRegular(Node node, Owner owner, Content content, OpenMode mode, ContentTraffic traffic) {
    this.node = node;
    this.owner = owner;
    this.content = content;
    this.mode = mode;
    this.traffic = traffic;
    this.written = mode.truncate() && mode.write();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      int count = readAt(position, bytes, offset, length);
      position += Math.max(0, count);
      return count;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int readAt(long at, byte[] bytes, int offset, int length) throws IOException {
    if (!mode.read()) {
      throw Errno.EBADF.exception();
    }
    int count = content.read(at, bytes, offset, length);
    traffic.read(count);
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    requireWriting();
    lock.lock();
    try {
      if (mode.append()) {
        position = content.append(bytes, offset, length);
      } else {
        content.write(position, bytes, offset, length);
        position += length;
      }
    } finally {
      lock.unlock();
    }
    traffic.written(length);
    noteWritten();
  }

  @Override
  public void writeAt(long at, byte[] bytes, int offset, int length) throws IOException {
    requireWriting();
    content.write(at, bytes, offset, length);
    traffic.written(length);
    noteWritten();
  }

  @Override
  public long seek(long offset, Whence whence) throws IOException {
    lock.lock();
    try {
      long base =
          switch (whence) {
            case SET -> 0;
            case CURRENT -> position;
            case END -> content.size();
          };
      if (base + offset < 0) {
        throw Errno.EINVAL.exception();
      }
      position = base + offset;
      return position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    if (!mode.write()) {
      throw Errno.EINVAL.exception();
    }
    content.truncate(size);
    noteWritten();
  }

  @Override
  public FileStat stat() throws IOException {
    return owner.stat();
  }

  @Override
  public Optional<Node> node() {
    return Optional.of(node);
  }

  @Override
  protected void release() throws IOException {
    owner.release(written);
  }

  private void requireWriting() throws IOException {
    if (!mode.write()) {
      throw Errno.EBADF.exception();
    }
  }

  private void noteWritten() {
    owner.written(Instant.now());
    written = true;
  }
}
