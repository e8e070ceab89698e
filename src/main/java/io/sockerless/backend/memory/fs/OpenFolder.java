package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.Optional;

/** A folder that is open, for its names and attributes. */
final class OpenFolder extends OpenFile {

  private final Node folder;

  OpenFolder(Node folder) {
    this.folder = folder;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    throw Errno.EISDIR.exception();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    throw Errno.EBADF.exception();
  }

  @Override
  public FileStat stat() throws IOException {
    return folder.stat();
  }

  @Override
  public Optional<Node> node() {
    return Optional.of(folder);
  }
}
