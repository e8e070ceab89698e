package io.sockerless.backend.memory.network;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;

/** A stream socket's end: what one pipe brings is read, what is written goes into another. */
final class DuplexFile extends OpenFile {

  private final OpenFile incoming;
  private final OpenFile outgoing;
  private final Traffic traffic;
  private boolean outputEnded;

  DuplexFile(OpenFile incoming, OpenFile outgoing, Traffic traffic) {
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.traffic = traffic;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = incoming.read(bytes, offset, length);
    if (read > 0) {
      traffic.received(read);
    }
    return read;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    outgoing.write(bytes, offset, length);
    traffic.sent(length);
  }

  @Override
  public boolean awaitReadable(long nanos) throws IOException {
    return incoming.awaitReadable(nanos);
  }

  @Override
  public FileStat stat() throws IOException {
    FileStat pipe = incoming.stat();
    return new FileStat(
        pipe.device(),
        pipe.inode(),
        FileType.SOCKET,
        0777,
        1,
        0,
        0,
        0,
        0,
        pipe.accessed(),
        pipe.modified(),
        pipe.changed());
  }

  /** Ends the direction to the other side, once. */
  void shutdownOutput() throws IOException {
    synchronized (this) {
      if (outputEnded) {
        return;
      }
      outputEnded = true;
    }
    outgoing.close();
  }

  @Override
  protected void release() throws IOException {
    shutdownOutput();
    incoming.close();
    traffic.closed(this);
  }
}
