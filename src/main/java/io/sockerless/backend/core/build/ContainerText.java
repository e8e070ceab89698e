package io.sockerless.backend.core.build;

import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.driver.ContainerFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/** Reads small files of a container. */
final class ContainerText {

  private static final int MAX = 4 << 20;

  private ContainerText() {}

  /** A file's text; empty if there is no such file. */
  static String read(ContainerFiles files, String path) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try {
      Destination file = Destination.of(files, path);
      if (!file.isFile()) {
        return "";
      }
      files.getArchive(file.path(), new Bounded(tar));
    } catch (NoSuchFileException e) {
      return "";
    }
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar.toByteArray()))) {
      return reader.next().isEmpty()
          ? ""
          : new String(reader.content().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** An image decides how large its files are. */
  private static final class Bounded extends FilterOutputStream {
    private int left = MAX;

    Bounded(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw new IOException("the file is too large");
      }
      out.write(bytes, offset, length);
    }
  }
}
