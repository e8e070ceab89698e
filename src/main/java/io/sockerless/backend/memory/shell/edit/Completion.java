package io.sockerless.backend.memory.shell.edit;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a word that has begun may become: a file, or a command in a command's place.
 *
 * @param commands the names of commands that begin with a text
 */
public record Completion(Paths files, Function<String, Set<String>> commands) {

  /**
   * The words that a beginning may become, those of folders with a slash at the end.
   *
   * @param prefix what the line holds before the cursor
   */
  List<String> candidates(String prefix) {
    String word = word(prefix);
    boolean isCommand =
        prefix.substring(0, prefix.length() - word.length()).matches("(.*[|&;(])? *")
            && word.indexOf('/') < 0;
    Set<String> found = isCommand ? commands.apply(word) : names(word);
    return List.copyOf(new TreeSet<>(found));
  }

  /** The word at a line's end, as far as it was typed. */
  static String word(String prefix) {
    int start = prefix.length();
    while (start > 0 && " |&;()<>=".indexOf(prefix.charAt(start - 1)) < 0) {
      start--;
    }
    return prefix.substring(start);
  }

  /** What all of some words begin with. */
  static String common(List<String> words) {
    String common = words.getFirst();
    for (String word : words) {
      while (!word.startsWith(common)) {
        common = common.substring(0, common.length() - 1);
      }
    }
    return common;
  }

  private Set<String> names(String word) {
    String folder = word.substring(0, word.lastIndexOf('/') + 1);
    String start = word.substring(folder.length());
    Set<String> found = new TreeSet<>();
    try {
      for (DirectoryEntry entry : files.list(folder.isEmpty() ? "." : folder)) {
        String name = entry.name();
        if (name.startsWith(start) && (!name.startsWith(".") || start.startsWith("."))) {
          String path = folder + name;
          found.add(files.stat(path).isDirectory() ? path + "/" : path);
        }
      }
    } catch (IOException e) {
      // A folder that cannot be read, or a dangling link, offers what was found so far.
      return found;
    }
    return found;
  }
}
