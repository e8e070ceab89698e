package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Prints what each process has open: its number, its program, the file. */
final class Lsof extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "p:");
    List<String> wanted = options.values("p");
    for (Task each : task.kernel().processes().tasks()) {
      String pid = Integer.toString(each.pid());
      if (each.hasEnded() || (!wanted.isEmpty() && !wanted.contains(pid))) {
        continue;
      }
      for (int number : each.descriptors().all().keySet()) {
        String program = each.arguments().isEmpty() ? "" : each.arguments().getFirst();
        Optional<String> file = file(task, "/proc/" + pid + "/fd/" + number);
        if (file.isPresent()) {
          output.printLine(pid + "\t" + program + "\t" + file.get());
        }
      }
    }
    return 0;
  }

  /** Nothing if it was closed meanwhile, or is none of this user's. */
  private static Optional<String> file(Task task, String link) throws IOException {
    try {
      return Optional.of(task.files().readLink(link));
    } catch (PosixException e) {
      return Optional.empty();
    }
  }
}
