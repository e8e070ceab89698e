package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Opens what {@code dd} copies from and to. */
record DdFiles(Task task, Map<String, String> values, Set<String> flags) {

  /** Standard input, or the file of {@code if=}. */
  OpenFile openInput() throws IOException {
    String path = values.get("if");
    if (path == null) {
      return task.descriptors().get(0).retain();
    }
    try {
      return task.files().open(path, OpenMode.READ);
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + path + "'", e);
    }
  }

  /**
   * Standard output, or the file of {@code of=}.
   *
   * @param seek how many bytes are left as they are
   */
  OpenFile openOutput(long seek) throws IOException {
    String path = values.get("of");
    if (path == null) {
      OpenFile file = task.descriptors().get(1).retain();
      if (seek > 0) {
        file.seek(seek, OpenFile.Whence.CURRENT);
      }
      return file;
    }
    try {
      boolean append = flags.contains("oflag=append");
      OpenMode mode = new OpenMode(false, true, append, false);
      OpenFile file =
          flags.contains("conv=nocreat")
              ? task.files().open(path, mode)
              : task.files().create(path, mode, 0666, flags.contains("conv=excl"));
      if (!flags.contains("conv=notrunc") && file.stat().isRegular()) {
        file.truncate(seek);
      }
      if (seek > 0) {
        file.seek(seek, OpenFile.Whence.SET);
      }
      return file;
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + path + "'", e);
    }
  }
}
