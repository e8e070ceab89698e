package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Locale;

/** Prints how much memory there is. */
final class Free extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "bkmgth");
    char unit = options.lastOf("bkmgh").orElse('k');
    long total = SystemFacts.memory(task, "MemTotal");
    long free = SystemFacts.memory(task, "MemFree");
    long cached = SystemFacts.memory(task, "Buffers") + SystemFacts.memory(task, "Cached");
    long available = SystemFacts.memory(task, "MemAvailable");
    output.print(
        "              total        used        free      shared  buff/cache   available\n");
    output.printLine(row(unit, "Mem:", total, total - free - cached, free, 0, cached, available));
    long swap = SystemFacts.memory(task, "SwapTotal");
    long swapFree = SystemFacts.memory(task, "SwapFree");
    output.printLine(row(unit, "Swap:", swap, swap - swapFree, swapFree));
    if (options.has('t')) {
      long used = total - free - cached + swap - swapFree;
      output.printLine(row(unit, "Total:", total + swap, used, free + swapFree));
    }
    return 0;
  }

  private static String row(char unit, String name, long... amounts) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-7s", name));
    for (long amount : amounts) {
      String text =
          switch (unit) {
            case 'b' -> Long.toString(amount);
            case 'm' -> Long.toString(amount >> 20);
            case 'g' -> Long.toString(amount >> 30);
            case 'h' -> Quantities.human(amount);
            default -> Long.toString(amount >> 10);
          };
      row.append(String.format(Locale.ROOT, "%12s", text));
    }
    return row.toString();
  }
}
