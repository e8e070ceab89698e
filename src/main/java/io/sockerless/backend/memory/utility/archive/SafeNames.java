package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.utility.Console;
import java.io.IOException;

/** Takes from members' names what leads out of the folder that is packed or unpacked. */
final class SafeNames {

  private final Console console;
  private boolean told;

  SafeNames(Console console) {
    this.console = console;
  }

  /** The name without a leading slash and all up to the last {@code ../}; told of once. */
  String of(String name) throws IOException {
    int from = 0;
    int parents = name.startsWith("../") ? 0 : name.indexOf("/../");
    while (parents >= 0) {
      from = name.startsWith("../", parents) ? parents + 3 : parents + 4;
      parents = name.startsWith("../", from) ? from : name.indexOf("/../", from);
    }
    while (from < name.length() && name.charAt(from) == '/') {
      from++;
    }
    String safe = name.substring(from);
    if (safe.equals("..") || safe.endsWith("/..")) {
      safe = ".";
    }
    if (from > 0 && !told) {
      told = true;
      console.remark(
          console.name()
              + ": removing leading '"
              + name.substring(0, from)
              + "' from member names");
    }
    return safe;
  }

  /** Whether a link's target may lead out of the folder that it is unpacked in. */
  static boolean isUnsafeTarget(String target) {
    return target.startsWith("/") || ("/" + target + "/").contains("/../");
  }
}
