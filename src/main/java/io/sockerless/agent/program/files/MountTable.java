package io.sockerless.agent.program.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something is mounted over the root, as the kernel tells it: what is there is not the
 * container's own.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">mountinfo</a>
 */
public final class MountTable {

  private static final int MOUNT_POINT = 4;
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  private MountTable() {}

  /** Absolute paths, without the root itself. */
  public static Set<String> paths() throws IOException {
    return paths(Files.readAllLines(Path.of("/proc/self/mountinfo")));
  }

  static Set<String> paths(List<String> lines) {
    Set<String> paths = new TreeSet<>();
    for (String line : lines) {
      String escaped = line.split(" ", -1)[MOUNT_POINT];
      paths.add(ESCAPE.matcher(escaped).replaceAll(MountTable::character));
    }
    paths.remove("/");
    return paths;
  }

  private static String character(MatchResult escape) {
    String character = String.valueOf((char) Integer.parseInt(escape.group(1), 8));
    return Matcher.quoteReplacement(character);
  }
}
