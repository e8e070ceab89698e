package io.sockerless.backend.memory.kernel;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The line that a person types at a terminal, as canonical input edits it before a program sees any
 * of it. A character is erased whole, though UTF-8 may have made several bytes of it.
 *
 * <p>Not safe for threads: the terminal that owns it holds its lock.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3)</a>
 */
final class TypedLine {

  private static final int END_OF_FILE = 4;
  private static final int BELL = 7;
  private static final int BACKSPACE = 8;
  private static final int KILL_LINE = 21;
  private static final int ERASE_WORD = 23;
  private static final int DELETE = 127;
  private static final int LONGEST = 4_095;
  private static final byte[] ERASE = {'\b', ' ', '\b'};
  private static final byte[] NEWLINE = {'\r', '\n'};

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * What a key has done.
   *
   * @param shown what the person is to see of it
   * @param finished what programs may read from now on; nothing at all is the end of the input
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once.
  record Edit(byte[] shown, Optional<byte[]> finished) {}

  /** Changes the line by one key. */
  Edit type(int key) {
    return switch (key) {
      case '\n' -> {
        line.write('\n');
        yield new Edit(NEWLINE, Optional.of(take()));
      }
      case END_OF_FILE -> new Edit(new byte[0], Optional.of(take()));
      case DELETE, BACKSPACE -> unfinished(erase(1));
      case KILL_LINE -> unfinished(erase(characters()));
      case ERASE_WORD -> unfinished(erase(lastWord()));
      default -> {
        if (line.size() >= LONGEST) {
          yield unfinished(new byte[] {BELL});
        }
        line.write(key);
        yield unfinished(echo(key));
      }
    };
  }

  /** What a person sees of a key that edits nothing: control characters as a caret and a letter. */
  static byte[] echo(int key) {
    if (key == '\n') {
      return NEWLINE;
    }
    if (key < 32 && key != '\t') {
      return new byte[] {'^', (byte) (key + '@')};
    }
    return key == DELETE ? new byte[] {'^', '?'} : new byte[] {(byte) key};
  }

  /** Whether nothing is typed. */
  boolean isEmpty() {
    return line.size() == 0;
  }

  /** Tells what is typed, and begins anew. */
  byte[] take() {
    byte[] typed = line.toByteArray();
    line.reset();
    return typed;
  }

  /** Forgets what is typed, as a signal from the keyboard has it. */
  void clear() {
    line.reset();
  }

  private static Edit unfinished(byte[] shown) {
    return new Edit(shown, Optional.empty());
  }

  private byte[] erase(int characters) {
    byte[] bytes = take();
    int end = bytes.length;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    for (int i = 0; i < characters && end > 0; i++) {
      end--;
      int width = Byte.toUnsignedInt(bytes[end]) < 32 ? 2 : 1;
      while (end > 0 && isContinuation(bytes[end])) {
        end--;
      }
      for (int column = 0; column < width; column++) {
        shown.writeBytes(ERASE);
      }
    }
    line.write(bytes, 0, end);
    return shown.toByteArray();
  }

  private int characters() {
    int number = 0;
    for (byte b : line.toByteArray()) {
      if (!isContinuation(b)) {
        number++;
      }
    }
    return number;
  }

  private int lastWord() {
    byte[] bytes = line.toByteArray();
    int end = bytes.length;
    int number = 0;
    boolean inWord = false;
    while (end > 0) {
      byte b = bytes[end - 1];
      if (b != ' ') {
        inWord = true;
      } else if (inWord) {
        break;
      }
      if (!isContinuation(b)) {
        number++;
      }
      end--;
    }
    return number;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
