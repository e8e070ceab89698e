package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.TerminalSettings;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Clears the screen, or sets the terminal back as well. */
final class Clear extends Utility {

  private final boolean thorough;

  /** The utility {@code reset} if it is thorough, else {@code clear}. */
  Clear(boolean thorough) {
    this.thorough = thorough;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    if (!thorough) {
      output.print("\033[H\033[J");
      return 0;
    }
    if (Screen.isTerminal(task, 1)) {
      Screen.of(task, 0).ifPresent(it -> it.setSettings(TerminalSettings.SANE));
      output.print("\033c\033(B\033[m\033[J\033[?25h");
    }
    return 0;
  }
}
