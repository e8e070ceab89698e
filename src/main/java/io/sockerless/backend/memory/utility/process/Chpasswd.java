package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code chpasswd}: sets passwords of lines {@code name:password}. */
final class Chpasswd extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "emc:", "encrypted=e", "md5=m", "crypt-method=c");
    if (!task.files().credentials().isRoot()) {
      throw new Failure("must be superuser");
    }
    String method = options.has('m') ? "md5" : options.value('c').orElse("sha512");
    AccountFiles files = new AccountFiles(task);
    try (LineReader lines = new LineReader(task, Input.standard(task))) {
      while (lines.next()) {
        String line = lines.text();
        int colon = line.indexOf(':');
        if (colon < 0) {
          throw new Failure("missing new password");
        }
        String name = line.substring(0, colon);
        if (files.accounts().user(name).isEmpty()) {
          throw new Failure("unknown user " + name);
        }
        String password = line.substring(colon + 1);
        String hash = options.has('e') ? password : PasswordHashes.hash(method, password);
        files.setPassword(name, old -> hash);
        task.complain("password for '" + name + "' changed");
      }
    }
    return 0;
  }
}
