package io.sockerless.backend.core.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a member of a stored document stands in its bytes, so that its value can be compared before
 * it is read.
 *
 * @param nameStart first byte of the name, in the document's bytes
 * @param nameEnd after the name's last
 * @param valueStart first byte of the value
 * @param valueEnd after the value's last
 */
record StoredMember(int nameStart, int nameEnd, int valueStart, int valueEnd) {

  /**
   * The members of an object in a well-formed document, in order.
   *
   * @param start where the object's brace stands
   */
  static List<StoredMember> of(byte[] document, int start) {
    List<StoredMember> members = new ArrayList<>();
    int at = skip(document, start, '{') + 1;
    while (at < document.length && document[at] != '}') {
      int nameStart = skip(document, at, '"') + 1;
      int nameEnd = stringEnd(document, nameStart);
      int valueStart = skip(document, nameEnd, ':') + 1;
      int valueEnd = valueEnd(document, valueStart);
      members.add(new StoredMember(nameStart, nameEnd, valueStart, valueEnd));
      at = valueEnd < document.length && document[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
    }
    return members;
  }

  private static int skip(byte[] document, int from, char to) {
    int at = from;
    while (at < document.length && document[at] != to) {
      at++;
    }
    return at;
  }

  /** Where the quote is that ends a string. */
  private static int stringEnd(byte[] document, int from) {
    int at = from;
    while (at < document.length && document[at] != '"') {
      at += document[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  /** Where the comma or brace is that ends a member. */
  private static int valueEnd(byte[] document, int from) {
    int depth = 0;
    int at = from;
    while (at < document.length) {
      switch (document[at]) {
        case '"' -> at = stringEnd(document, at + 1);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth == 0) {
            return at;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {}
      }
      at++;
    }
    return at;
  }

  /** Whether it has this name, which is in ASCII and needs no escapes. */
  boolean isNamed(String name, byte[] document) {
    if (name.length() != nameEnd - nameStart) {
      return false;
    }
    for (int at = 0; at < name.length(); at++) {
      if (document[nameStart + at] != name.charAt(at)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of the value. */
  ByteBuffer value(byte[] document) {
    return ByteBuffer.wrap(document, valueStart, valueEnd - valueStart);
  }
}
