package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Program;
import java.util.Map;

/** The utilities that deal with processes, users and the system, by the names they are called by. */
public final class ProcessUtilities {

  private static final Map<String, Program> PROGRAMS =
      Map.ofEntries(
          Map.entry("env", new Env()),
          Map.entry("groups", new Groups()),
          Map.entry("id", new Id()),
          Map.entry("printenv", new Printenv()),
          Map.entry("sleep", new Sleep(false)),
          Map.entry("usleep", new Sleep(true)),
          Map.entry("whoami", new Whoami()));

  private ProcessUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    return PROGRAMS;
  }
}
