package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The files whose paths match a pattern, element by element. */
public final class Globbing {

  private final Task task;
  private final List<String> elements;
  private final boolean dots;
  private final List<String> found = new ArrayList<>();

  private Globbing(Task task, String pattern, boolean dots) {
    this.task = task;
    this.dots = dots;
    this.elements = List.of(pattern.split("/", -1));
  }

  /**
   * The paths that match, in the order of their bytes; none if nothing does.
   *
   * @param dots whether names that begin with a dot match as others do
   */
  public static List<String> names(Task task, String pattern, boolean dots) {
    Globbing globbing = new Globbing(task, pattern, dots);
    globbing.walk("", 0);
    globbing.found.sort((a, b) -> Arrays.compareUnsigned(Text.encode(a), Text.encode(b)));
    return globbing.found;
  }

  private void walk(String prefix, int index) {
    task.checkpoint();
    String element = elements.get(index);
    boolean last = index == elements.size() - 1;
    if (!isMagic(element)) {
      follow(prefix, unescape(element), last, index);
      return;
    }
    Pattern pattern = Pattern.of(element);
    boolean hidden = element.startsWith(".") || element.startsWith("\\.");
    for (String name : names(prefix)) {
      boolean itself = name.equals(".") || name.equals("..");
      if ((hidden || !name.startsWith(".") || (dots && !itself)) && pattern.matches(name)) {
        follow(prefix, name, last, index);
      }
    }
  }

  private void follow(String prefix, String name, boolean last, int index) {
    String path = prefix + name;
    if (!last) {
      if (name.isEmpty() || isDirectory(path)) {
        walk(path + "/", index + 1);
      }
    } else if (exists(path)) {
      found.add(path);
    }
  }

  private static boolean isMagic(String element) {
    boolean escaped = false;
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (!escaped && (c == '*' || c == '?' || c == '[')) {
        return true;
      }
      escaped = !escaped && c == '\\';
    }
    return false;
  }

  private static String unescape(String element) {
    if (element.indexOf('\\') < 0) {
      return element;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == '\\' && i + 1 < element.length()) {
        c = element.charAt(++i);
      }
      text.append(c);
    }
    return text.toString();
  }

  private List<String> names(String prefix) {
    try {
      List<String> names = new ArrayList<>(List.of(".", ".."));
      task.files().list(prefix.isEmpty() ? "." : prefix).stream()
          .map(DirectoryEntry::name)
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      return List.of();
    }
  }

  private boolean isDirectory(String path) {
    try {
      return task.files().stat(path).isDirectory();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean exists(String path) {
    try {
      task.files().lstat(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
