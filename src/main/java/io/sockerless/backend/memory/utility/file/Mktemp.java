package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Makes a file or a folder with a name that nothing else has. */
final class Mktemp extends Utility {

  private static final String PLACEHOLDER = "XXXXXX";
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int ATTEMPTS = 100;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(task, "dqtup:", "directory=d", "quiet=q", "dry-run=u", "tmpdir=p");
    Optional<String> operand = options.operands(0, 1).stream().findFirst();
    String template = operand.orElse("tmp." + PLACEHOLDER);
    if (operand.isEmpty() || options.has('t') || options.has('p')) {
      String folder = options.value('p').or(() -> variable(task)).orElse("/tmp");
      template = TreeWalk.join(folder, template);
    }
    try {
      if (!template.endsWith(PLACEHOLDER)) {
        throw Errno.EINVAL.exception();
      }
      output.printLine(make(task, options, template));
      return 0;
    } catch (PosixException e) {
      if (options.has('q')) {
        return 1;
      }
      throw Failure.of(1, template, e);
    }
  }

  private static Optional<String> variable(Task task) {
    return Optional.ofNullable(task.environment().get("TMPDIR")).filter(it -> !it.isEmpty());
  }

  private static String make(Task task, Options options, String template) throws IOException {
    int end = template.length();
    while (template.charAt(end - 1) == 'X') {
      end--;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      StringBuilder path = new StringBuilder(template.substring(0, end));
      while (path.length() < template.length()) {
        int letter = ThreadLocalRandom.current().nextInt(LETTERS.length());
        path.append(LETTERS.charAt(letter));
      }
      try {
        create(task, options, path.toString());
        return path.toString();
      } catch (PosixException e) {
        if (e.errno() != Errno.EEXIST) {
          throw e;
        }
      }
    }
    throw Errno.EEXIST.exception();
  }

  private static void create(Task task, Options options, String path) throws IOException {
    if (options.has('u')) {
      return;
    }
    if (options.has('d')) {
      task.files().makeDirectory(path, 0700);
    } else {
      task.files().create(path, OpenMode.READ_WRITE, 0600, true).close();
    }
  }
}
