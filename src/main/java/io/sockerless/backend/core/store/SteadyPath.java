package io.sockerless.backend.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Makes the store open its file as a {@link SteadyFile}, by the prefix of the file's name. Public
 * with its constructor, because the library makes one by reflection.
 */
public final class SteadyPath extends FilePathWrapper {

  private static final String SCHEME = "steady";

  /** The name under which the store opens a file so. */
  static String nameOf(Path file) {
    FilePath.register(new SteadyPath());
    return SCHEME + ":" + file;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new SteadyFile(getBase().toString(), mode);
  }
}
