package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import java.io.IOException;
import java.io.InputStream;

/** A regular file's bytes as a stream. */
final class FileContent extends InputStream {

  private final OpenFile file;

  FileContent(Node node) throws IOException {
    file = node.open(OpenMode.READ);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return length == 0 ? 0 : file.read(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
