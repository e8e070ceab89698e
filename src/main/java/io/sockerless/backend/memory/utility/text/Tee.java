package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** {@code tee}: copies its input to its output and to files. */
public final class Tee extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "ai", "append=a", "ignore-interrupts=i");
    if (options.has('i')) {
      task.setDisposition(Signal.INT, Task.Disposition.IGNORE);
    }
    List<OpenFile> files = new ArrayList<>();
    try {
      int code = open(task, options, files);
      return Math.max(code, copy(task, output, files));
    } finally {
      for (OpenFile file : files) {
        file.close();
      }
    }
  }

  private static int open(Task task, Options options, List<OpenFile> files) throws IOException {
    OpenMode mode = options.has('a') ? OpenMode.APPEND : OpenMode.WRITE;
    int code = 0;
    for (String name : options.operands()) {
      try {
        files.add(task.files().create(name, mode, 0666, false));
      } catch (PosixException e) {
        task.complain(name + ": " + e.getMessage());
        code = 1;
      }
    }
    return code;
  }

  private static int copy(Task task, Output output, List<OpenFile> files) throws IOException {
    byte[] buffer = new byte[65_536];
    InputStream input = task.input();
    int code = 0;
    int count;
    while ((count = input.read(buffer, 0, buffer.length)) >= 0) {
      output.write(buffer, 0, count);
      output.flush();
      for (OpenFile file : files) {
        try {
          file.write(buffer, 0, count);
        } catch (PosixException e) {
          task.complain("write error: " + e.getMessage());
          code = 1;
        }
      }
    }
    return code;
  }
}
