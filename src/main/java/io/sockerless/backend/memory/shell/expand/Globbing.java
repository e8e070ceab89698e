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
final class Globbing {

  /** As an element of a path, any number of folders. */
  private static final String FOLDERS = "**";

  private final Context context;
  private final Task task;
  private final List<String> elements;
  private final List<String> found = new ArrayList<>();

  private Globbing(Context context, String pattern) {
    this.context = context;
    this.task = context.task();
    this.elements = List.of(pattern.split("/", -1));
  }

  /** The paths that match, in the order of their bytes; none if nothing does. */
  static List<String> names(Context context, String pattern) {
    Globbing globbing = new Globbing(context, pattern);
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
    if (element.equals(FOLDERS) && context.isGlobbingDeep()) {
      if (last && !prefix.isEmpty()) {
        found.add(prefix);
      }
      walkDeep(prefix, index, last);
      return;
    }
    Pattern pattern = context.pattern(element);
    boolean hidden = element.startsWith(".") || element.startsWith("\\.");
    for (String name : names(prefix)) {
      if ((hidden || isShown(name)) && pattern.matches(name)) {
        follow(prefix, name, last, index);
      }
    }
  }

  private boolean isShown(String name) {
    boolean itself = name.equals(".") || name.equals("..");
    return !name.startsWith(".") || (context.isDotGlobbing() && !itself);
  }

  /** All that is below a folder, or what the rest of the pattern finds from there. */
  private void walkDeep(String prefix, int index, boolean last) {
    if (!last) {
      walk(prefix, index + 1);
    }
    for (String name : names(prefix)) {
      String path = prefix + name;
      if (isShown(name)) {
        if (last) {
          found.add(path);
        }
        // Links are not followed: they may lead back.
        if (isFolder(path)) {
          walkDeep(path + "/", index, last);
        }
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
      if (!escaped && (c == '*' || c == '?' || c == '[' || c == '(')) {
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

  private boolean isFolder(String path) {
    try {
      return task.files().lstat(path).isDirectory();
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
