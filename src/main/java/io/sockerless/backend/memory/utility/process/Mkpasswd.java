package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code mkpasswd}, {@code cryptpw}: prints the hash of a password. */
final class Mkpasswd extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "m:S:", "method=m", "salt=S");
    List<String> operands = options.operands(0, 2);
    String method = options.value('m').orElse("sha256");
    String password = operands.isEmpty() ? readLine(task) : operands.getFirst();
    Optional<String> salt = operands.size() > 1 ? Optional.of(operands.get(1)) : options.value('S');
    output.printLine(
        salt.isPresent()
            ? PasswordHashes.hash(method, password, salt.get())
            : PasswordHashes.hash(method, password));
    return 0;
  }

  private static String readLine(Task task) throws IOException {
    try (LineReader lines = new LineReader(task, Input.standard(task))) {
      return lines.next() ? lines.text() : "";
    }
  }
}
