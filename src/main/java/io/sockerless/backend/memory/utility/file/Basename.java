package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Prints the last names of paths. */
final class Basename extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+as:", "multiple=a", "suffix=s");
    boolean many = options.has('a') || options.has('s');
    List<String> operands = options.operands(1, many ? Integer.MAX_VALUE : 2);
    String suffix = options.value('s').orElse(!many && operands.size() == 2 ? operands.get(1) : "");
    for (String path : many ? operands : operands.subList(0, 1)) {
      String name = Strings.lastName(path);
      boolean cut = name.endsWith(suffix) && name.length() > suffix.length();
      output.printLine(cut ? name.substring(0, name.length() - suffix.length()) : name);
    }
    return 0;
  }
}
