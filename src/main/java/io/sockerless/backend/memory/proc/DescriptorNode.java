package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;

/**
 * One open descriptor of a task as a file: to open it is to share what is open. On Linux it is a
 * link that only the kernel can follow; here it is the file itself.
 */
final class DescriptorNode extends GeneratedNode {

  private final Task task;
  private final int number;

  DescriptorNode(FileTree tree, String path, Task task, int number) {
    super(tree, path, FileType.CHARACTER, 0700);
    this.task = task;
    this.number = number;
  }

  @Override
  public FileStat stat() throws IOException {
    return task.descriptors().get(number).stat();
  }

  /** Told as of a link, though it is none: it leads to what is open, whatever name that has now. */
  @Override
  public String readLink() throws IOException {
    return task.descriptors().get(number).description();
  }

  /** A pipe or a terminal; what is done to a file, its own name has to be used for. */
  @Override
  public boolean standsForAnother() throws IOException {
    return task.descriptors().get(number).node().isEmpty();
  }

  @Override
  public void setOwner(int uid, int gid) throws IOException {
    task.descriptors().get(number).setOwner(uid, gid);
  }

  @Override
  public void setMode(int mode) throws IOException {
    task.descriptors().get(number).setMode(mode);
  }

  @Override
  public OpenFile open(OpenMode mode) throws IOException {
    return task.descriptors().get(number).retain();
  }
}
