package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file whose content is made up when it is opened. */
final class GeneratedFile extends GeneratedNode {

  /** What makes the content up. */
  interface Content {
    String text() throws IOException;
  }

  private final Content content;

  GeneratedFile(FileTree tree, String path, Content content) {
    this(tree, path, 0444, content);
  }

  GeneratedFile(FileTree tree, String path, int mode, Content content) {
    super(tree, path, FileType.REGULAR, mode);
    this.content = content;
  }

  @Override
  public OpenFile open(OpenMode mode) throws IOException {
    if (mode.write()) {
      throw Errno.EACCES.exception();
    }
    return new Opened(content.text().getBytes(StandardCharsets.UTF_8));
  }

  private final class Opened extends OpenFile {
    private final byte[] content;
    private long position;

    Opened(byte[] content) {
      this.content = content;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      int read = readAt(position, bytes, offset, length);
      position += Math.max(read, 0);
      return read;
    }

    @Override
    public int readAt(long from, byte[] bytes, int offset, int length) {
      if (from >= content.length) {
        return -1;
      }
      int read = Math.min(length, content.length - (int) from);
      System.arraycopy(content, (int) from, bytes, offset, read);
      return read;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      throw Errno.EBADF.exception();
    }

    @Override
    public synchronized long seek(long offset, Whence whence) throws IOException {
      long base =
          switch (whence) {
            case SET -> 0;
            case CURRENT -> position;
            case END -> content.length;
          };
      if (base + offset < 0) {
        throw Errno.EINVAL.exception();
      }
      position = base + offset;
      return position;
    }

    @Override
    public FileStat stat() throws IOException {
      return GeneratedFile.this.stat();
    }

    @Override
    public Optional<Node> node() {
      return Optional.of(GeneratedFile.this);
    }
  }
}
