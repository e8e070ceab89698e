package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.util.Optional;

/** Home folders: {@code ~} and {@code ~user}. */
final class Tilde {

  private static final int HOME_FIELD = 5;

  private final Context context;

  Tilde(Context context) {
    this.context = context;
  }

  /**
   * Takes a tilde that a word begins with.
   *
   * @param whole whether the word ends with the text
   * @param colonEnds whether a colon ends a user's name, as in an assignment
   * @return the rest of the text
   */
  String expandFirst(String text, boolean whole, boolean colonEnds, Fields fields)
      throws IOException {
    int end = 1;
    while (end < text.length()
        && text.charAt(end) != '/'
        && !(colonEnds && text.charAt(end) == ':')) {
      end++;
    }
    if (end == text.length() && !whole) {
      return text;
    }
    Optional<String> home = home(text.substring(1, end));
    if (home.isEmpty()) {
      return text;
    }
    fields.quoted(home.get());
    return text.substring(end);
  }

  /** Takes the tildes after the colons of a text. */
  void expandAfterColons(String text, boolean whole, Fields fields) throws IOException {
    String rest = text;
    int colon = rest.indexOf(":~");
    while (colon >= 0) {
      fields.literal(rest.substring(0, colon + 1));
      String tail = rest.substring(colon + 1);
      rest = expandFirst(tail, whole, true, fields);
      if (rest.equals(tail)) {
        fields.literal("~");
        rest = tail.substring(1);
      }
      colon = rest.indexOf(":~");
    }
    if (!rest.isEmpty()) {
      fields.literal(rest);
    }
  }

  private Optional<String> home(String user) throws IOException {
    return user.isEmpty() ? context.parameter("HOME") : passwordHome(user);
  }

  private Optional<String> passwordHome(String user) {
    try (OpenFile file = context.task().files().open("/etc/passwd", OpenMode.READ)) {
      return Text.decode(new FileInput(file).readAllBytes())
          .lines()
          .map(line -> line.split(":", -1))
          .filter(entry -> entry.length > HOME_FIELD && entry[0].equals(user))
          .map(entry -> entry[HOME_FIELD])
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
