package io.sockerless.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is appended to, and put aside when it is full: {@code audit.log.1} is the one before,
 * and so on. Whole lines only: what a full disk cut short is taken back. One thread uses it.
 */
final class RotatedFile implements Closeable {

  private final Path path;
  private final long fileBytes;
  private final int files;
  private FileChannel channel;
  private String opened = "";
  private long size;

  RotatedFile(Path path, long fileBytes, int files) throws IOException {
    this.path = path;
    this.fileBytes = fileBytes;
    this.files = files;
    this.channel = open();
  }

  /** Appends bytes, which are on the disk when this returns. */
  void append(byte[] bytes) throws IOException {
    if (channel.isOpen() && !isInPlace()) {
      channel.close();
    }
    if (!channel.isOpen()) {
      channel = open();
    }
    if (size > 0 && size + bytes.length > fileBytes) {
      rotate();
    }
    ByteBuffer left = ByteBuffer.wrap(bytes);
    try {
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(false);
      size += bytes.length;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  /** Whether nobody has moved the file away or deleted it, as programs do that rotate logs. */
  private boolean isInPlace() {
    try {
      return key().equals(opened);
    } catch (IOException e) {
      return false;
    }
  }

  private String key() throws IOException {
    return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /** The next try opens the file anew, which may be another one by then. */
  private void takeBack(IOException cause) {
    try (FileChannel failed = channel) {
      failed.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void rotate() throws IOException {
    channel.close();
    for (int i = files - 1; i > 1; i--) {
      Path newer = numbered(i - 1);
      if (Files.exists(newer)) {
        Files.move(newer, numbered(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (files > 1) {
      Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.deleteIfExists(path);
    }
    channel = open();
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /** What is in it is for nobody but whom the server's user lets see it. */
  private FileChannel open() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    size = file.size();
    if (size > 0 && !endsLine()) {
      size += file.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    opened = key();
    return file;
  }

  /** Whether nothing was cut short, as by a power failure. */
  private boolean endsLine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
      reading.read(last, size - 1);
    }
    return last.get(0) == '\n';
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
