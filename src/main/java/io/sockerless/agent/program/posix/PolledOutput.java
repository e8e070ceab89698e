package io.sockerless.agent.program.posix;

import java.io.IOException;
import java.io.OutputStream;

/** What a process reads; to write waits while it does not. */
public final class PolledOutput extends OutputStream {

  private final PolledDescriptor descriptor;

  /** Takes over the writing end of a pipe, or a terminal. */
  public PolledOutput(Descriptor descriptor) throws PosixException {
    this.descriptor = new PolledDescriptor(descriptor);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int count = descriptor.tryWrite(bytes, offset + done, length - done);
      if (count >= 0) {
        done += count;
      } else if (count == -Errno.EAGAIN) {
        descriptor.await(Poller.WRITABLE);
      } else if (count != -Errno.EINTR) {
        throw new PosixException(-count);
      }
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
