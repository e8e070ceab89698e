package io.sockerless.backend.memory.utility.regex;

import io.sockerless.backend.memory.kernel.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text that is searched, more than once perhaps, with the way back from positions of bytes to
 * positions of characters.
 */
public final class Subject {

  private final byte[] bytes;
  private final int @Nullable [] characters;

  private Subject(byte[] bytes, int @Nullable [] characters) {
    this.bytes = bytes;
    this.characters = characters;
  }

  /** Prepares text. */
  public static Subject of(String text) {
    byte[] bytes = Text.encode(text);
    if (bytes.length == text.length()) {
      return new Subject(bytes, null);
    }
    int[] characters = new int[bytes.length + 1];
    int position = 0;
    int index = 0;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      int size = Text.encode(Character.toString(codePoint)).length;
      Arrays.fill(characters, position, position + size, index);
      position += size;
      index += Character.charCount(codePoint);
    }
    characters[position] = index;
    return new Subject(bytes, characters);
  }

  byte[] bytes() {
    return bytes;
  }

  int toCharacter(int position) {
    return characters == null || position < 0 ? position : characters[position];
  }

  int toByte(int character) {
    if (characters == null) {
      return character;
    }
    int position = character;
    while (position < bytes.length && characters[position] < character) {
      position++;
    }
    return position;
  }
}
