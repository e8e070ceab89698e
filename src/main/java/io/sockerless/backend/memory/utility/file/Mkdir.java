package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes folders. */
final class Mkdir extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "m:pv", "mode=m", "parents=p", "verbose=v");
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    Optional<Integer> mode = Optional.empty();
    if (options.value('m').isPresent()) {
      ModeChange change = ModeChange.parse(options.value('m').get());
      mode = Optional.of(change.apply(0777, true, task.files().umask()));
    }
    Console console = new Console(task, output);
    for (String path : operands) {
      List<String> made = new ArrayList<>();
      try {
        make(task, path, options.has('p'), made);
        if (mode.isPresent() && !made.isEmpty()) {
          task.files().setMode(path, mode.get());
        }
      } catch (Failure e) {
        console.complain(e);
      } catch (PosixException e) {
        console.complain("can't create directory '" + path + "'", e);
      }
      if (options.has('v')) {
        for (String folder : made) {
          output.printLine("created directory: '" + folder + "'");
        }
      }
    }
    return console.code();
  }

  private static void make(Task task, String path, boolean parents, List<String> made)
      throws IOException {
    if (parents && !path.isEmpty()) {
      Folders.makeAll(task, path, 0777, made::add);
    } else {
      task.files().makeDirectory(Strings.trimSlashes(path), 0777);
      made.add(path);
    }
  }
}
