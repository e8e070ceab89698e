package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A pipeline whose last command runs in the shell itself, which keeps what it does. */
record LastPipe(Interpreter shell, Launcher launcher, Redirector redirector) {

  /** Whether a script wants that, and no person who may stop the commands. */
  static boolean isWished(ShellState state) {
    return state.bash().options().contains(BashOption.LASTPIPE) && !state.has(ShellOption.MONITOR);
  }

  int run(Command.Pipeline pipeline) throws IOException {
    List<Command> stages = pipeline.stages();
    Pipe pipe = new Pipe();
    OpenFile reader = pipe.reader();
    Job job = launcher.startInto(stages.subList(0, stages.size() - 1), pipeline.text(), pipe);
    Redirector.Saved saved = redirector.input(reader);
    int last;
    try {
      last = shell.run(stages.getLast());
    } finally {
      saved.restore();
    }
    shell.jobs().awaitForeground(job);
    List<Integer> statuses = new ArrayList<>(job.statuses());
    statuses.add(last);
    ShellState state = shell.state();
    state.bash().setPipeline(statuses);
    return last == 0 && state.has(ShellOption.PIPEFAIL)
        ? shell.checkedPipeline(job.status(true))
        : last;
  }
}
