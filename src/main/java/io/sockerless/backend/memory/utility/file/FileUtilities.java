package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.utility.archive.ArchiveUtilities;
import io.sockerless.backend.memory.utility.net.NetworkUtilities;
import io.sockerless.backend.memory.utility.process.ProcessUtilities;
import java.util.HashMap;
import java.util.Map;

/** The utilities that deal with files, processes and networks, by the names they are called by. */
public final class FileUtilities {

  private static final Map<String, Program> FILES =
      Map.ofEntries(
          Map.entry("basename", new Basename()),
          Map.entry("chgrp", new Chown(true)),
          Map.entry("chmod", new Chmod()),
          Map.entry("chown", new Chown(false)),
          Map.entry("cp", new Cp()),
          Map.entry("dd", new Dd()),
          Map.entry("df", new Df()),
          Map.entry("dirname", new Dirname()),
          Map.entry("du", new Du()),
          Map.entry("fallocate", new Fallocate()),
          Map.entry("find", new Find()),
          Map.entry("fsync", new Sync(1)),
          Map.entry("install", new Install()),
          Map.entry("link", new Link()),
          Map.entry("ln", new Ln()),
          Map.entry("ls", new Ls()),
          Map.entry("mkdir", new Mkdir()),
          Map.entry("mkfifo", new Mkfifo()),
          Map.entry("mknod", new Mknod()),
          Map.entry("mktemp", new Mktemp()),
          Map.entry("mv", new Mv()),
          Map.entry("pwd", new Pwd()),
          Map.entry("readlink", new Readlink()),
          Map.entry("realpath", new Realpath()),
          Map.entry("rm", new Rm()),
          Map.entry("rmdir", new Rmdir()),
          Map.entry("shred", new Shred()),
          Map.entry("stat", new Stat()),
          Map.entry("sync", new Sync(0)),
          Map.entry("touch", new Touch()),
          Map.entry("tree", new Tree()),
          Map.entry("truncate", new Truncate()),
          Map.entry("unlink", new Unlink()),
          Map.entry("which", new Which()),
          Map.entry("xargs", new Xargs()));

  private FileUtilities() {}

  /** All of them. */
  public static Map<String, Program> programs() {
    Map<String, Program> programs = new HashMap<>(FILES);
    programs.putAll(ArchiveUtilities.programs());
    programs.putAll(NetworkUtilities.programs());
    programs.putAll(ProcessUtilities.programs());
    return programs;
  }
}
