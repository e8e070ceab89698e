package io.sockerless.edge;

import io.sockerless.wire.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request target in the one form that every later reader takes the same way: the path decoded,
 * its doubled slashes folded, encoded again without anything that a server could read as structure;
 * the query as it was, but for bytes beyond ASCII, which are encoded.
 *
 * @param path encoded; a slash that was encoded is a slash, as dockerd's router has it
 * @param query without the question mark; empty if there is none
 */
record Target(String path, String query) {

  /** An authority without user information, up to where the path begins (RFC 9112, 3.2.2). */
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)http://[^/?#@]+");

  private static final String PLAIN = "-._~!$&'()*+,=:@/";

  static Target parse(String raw) throws ProtocolException {
    String target = raw;
    Matcher absolute = ABSOLUTE.matcher(target);
    if (absolute.lookingAt()) {
      target = absolute.end() == target.length() ? "/" : target.substring(absolute.end());
    }
    if (!target.startsWith("/") || target.indexOf('#') >= 0) {
      throw new ProtocolException(400, "malformed request target");
    }
    int mark = target.indexOf('?');
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Target(path(mark < 0 ? target : target.substring(0, mark)), ascii(query));
  }

  /** Clients such as curl write other letters as the bytes that they are; dockerd takes them. */
  private static String ascii(String query) {
    if (query.chars().allMatch(c -> c < 0x80)) {
      return query;
    }
    StringBuilder ascii = new StringBuilder(query.length() + 16);
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c < 0x80) {
        ascii.append(c);
      } else {
        append(ascii, c);
      }
    }
    return ascii.toString();
  }

  private static String path(String raw) throws ProtocolException {
    StringBuilder path = new StringBuilder(raw.length() + 16);
    int segment = 0;
    for (int i = 0; i < raw.length(); i++) {
      int c = raw.charAt(i);
      if (c == '%') {
        c = hex(raw, i + 1) * 16 + hex(raw, i + 2);
        i += 2;
      }
      if (c < ' ' || c == 0x7f) {
        throw new ProtocolException(400, "control character in the path");
      }
      if (c == '/') {
        rejectDots(path, segment);
        if (path.isEmpty() || path.charAt(path.length() - 1) != '/') {
          path.append('/');
        }
        segment = path.length();
      } else {
        append(path, c);
      }
    }
    rejectDots(path, segment);
    return path.toString();
  }

  private static void append(StringBuilder path, int c) {
    if ((c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0) {
      path.append((char) c);
    } else if (c == '\\') {
      // Servers refuse an encoded backslash; encoded twice, it stays a name that nothing has.
      path.append("%255C");
    } else {
      path.append('%').append(digit(c >> 4)).append(digit(c & 15));
    }
  }

  private static char digit(int value) {
    return (char) "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII)[value];
  }

  private static void rejectDots(StringBuilder path, int segment) throws ProtocolException {
    String name = path.substring(segment);
    if (name.equals(".") || name.equals("..")) {
      throw new ProtocolException(400, "dot segment in the path");
    }
  }

  private static int hex(String raw, int index) throws ProtocolException {
    int value = index < raw.length() ? Character.digit(raw.charAt(index), 16) : -1;
    if (value < 0 || raw.charAt(index) > 'f') {
      throw new ProtocolException(400, "malformed escape in the path");
    }
    return value;
  }
}
