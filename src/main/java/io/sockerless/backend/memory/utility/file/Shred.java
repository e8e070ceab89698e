package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** {@code shred}: overwrites files with random bytes. */
final class Shred extends Utility {

  private static final int BLOCK = 65_536;
  private static final int USUAL_PASSES = 3;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "fuzn:s:xv",
            "force=f",
            "remove=u",
            "zero=z",
            "iterations=n",
            "size=s",
            "exact=x");
    long passes =
        options.value('n').isPresent()
            ? Quantities.natural(options.value('n').get())
            : USUAL_PASSES;
    for (String name : options.operands(1, Integer.MAX_VALUE)) {
      try (OpenFile file = task.files().open(name, new OpenMode(false, true, false, false))) {
        long size =
            options.value('s').isPresent()
                ? Numbers.size(options.value('s').get())
                : file.stat().size();
        for (long i = 0; i < passes; i++) {
          overwrite(task, file, size, true);
        }
        if (options.has('z')) {
          overwrite(task, file, size, false);
        }
        if (options.has('u')) {
          file.truncate(0);
        }
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + name + "'", e);
      }
      if (options.has('u')) {
        task.files().unlink(name);
      }
    }
    return 0;
  }

  private static void overwrite(Task task, OpenFile file, long size, boolean random)
      throws IOException {
    file.seek(0, OpenFile.Whence.SET);
    byte[] block = new byte[BLOCK];
    for (long left = size; left > 0; left -= block.length) {
      task.checkpoint();
      Arrays.fill(block, (byte) 0);
      if (random) {
        RandomGenerator.getDefault().nextBytes(block);
      }
      file.write(block, 0, (int) Math.min(left, block.length));
    }
  }
}
