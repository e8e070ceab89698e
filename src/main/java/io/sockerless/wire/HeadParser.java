package io.sockerless.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses a complete message head by one grammar without tolerance (RFC 9112, 2.2 and 5): whatever
 * two parsers could read differently is how requests are smuggled, so it is an error here. Lines
 * end in CRLF, names are tokens that touch their colon, nothing is folded, values hold no control
 * characters.
 */
final class HeadParser {

  static final int MAX_FIELDS = 256;

  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (char c :
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
            .toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private final byte[] bytes;
  private final int end;
  private int position;

  /** {@code end} is just behind the blank line. */
  HeadParser(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  RequestHead request() throws ProtocolException {
    String method = token(' ', "method");
    int start = position;
    while ((bytes[position] > ' ' || bytes[position] < 0) && bytes[position] != 0x7f) {
      position++;
    }
    if (position == start || bytes[position] != ' ') {
      throw ProtocolException.bad("malformed request target");
    }
    String target = text(start, position++);
    int minor = version();
    lineEnd("malformed request line");
    return new RequestHead(method, target, minor, fields());
  }

  ResponseHead response() throws ProtocolException {
    int minor = version();
    if (bytes[position] != ' ') {
      throw ProtocolException.bad("malformed status line");
    }
    position++;
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = bytes[position++] - '0';
      if (digit < 0 || digit > 9) {
        throw ProtocolException.bad("malformed status code");
      }
      status = status * 10 + digit;
    }
    String reason = "";
    if (bytes[position] == ' ') {
      position++;
      reason = value();
    }
    lineEnd("malformed status line");
    return new ResponseHead(minor, status, reason, fields());
  }

  /** The header fields, or trailer fields, up to the blank line. */
  Headers fields() throws ProtocolException {
    List<Headers.Field> fields = new ArrayList<>();
    while (bytes[position] != '\r') {
      if (fields.size() == MAX_FIELDS) {
        throw new ProtocolException(431, "more than " + MAX_FIELDS + " header fields");
      }
      String name = token(':', "header name");
      fields.add(new Headers.Field(name, value()));
      lineEnd("malformed header line");
    }
    lineEnd("malformed head");
    if (position != end) {
      throw ProtocolException.bad("malformed head");
    }
    return Headers.of(fields);
  }

  private int version() throws ProtocolException {
    if (position + 8 > end || !text(position, position + 7).equals("HTTP/1.")) {
      throw ProtocolException.bad("malformed HTTP version");
    }
    int minor = bytes[position + 7] - '0';
    if (minor != 0 && minor != 1) {
      throw ProtocolException.bad("unsupported HTTP version");
    }
    position += 8;
    return minor;
  }

  private String token(char delimiter, String what) throws ProtocolException {
    int start = position;
    while (TOKEN[bytes[position] & 0xff]) {
      position++;
    }
    if (position == start || bytes[position] != delimiter) {
      throw ProtocolException.bad("malformed " + what);
    }
    return text(start, position++);
  }

  private String value() throws ProtocolException {
    int start = position;
    while (bytes[position] != '\r') {
      int c = bytes[position];
      if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7f) {
        throw ProtocolException.bad("control character in a header");
      }
      position++;
    }
    int stop = position;
    while (start < stop && isBlank(bytes[start])) {
      start++;
    }
    while (stop > start && isBlank(bytes[stop - 1])) {
      stop--;
    }
    return text(start, stop);
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private void lineEnd(String error) throws ProtocolException {
    if (position + 2 > end || bytes[position] != '\r' || bytes[position + 1] != '\n') {
      throw ProtocolException.bad(error);
    }
    position += 2;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
