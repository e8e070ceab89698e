package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import java.io.IOException;

/** A link whose target is made up when it is read. */
final class GeneratedLink extends GeneratedNode {

  private final GeneratedFile.Content target;

  GeneratedLink(FileTree tree, String path, GeneratedFile.Content target) {
    super(tree, path, FileType.SYMLINK, 0777);
    this.target = target;
  }

  @Override
  public String readLink() throws IOException {
    return target.text();
  }

  @Override
  public OpenFile open(OpenMode mode) throws IOException {
    throw Errno.ELOOP.exception();
  }
}
