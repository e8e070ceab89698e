package io.sockerless.wire;

/**
 * Finds the ends of lines in a message that comes in pieces, and looks at no byte twice. It counts
 * from the message's beginning, since the buffer that holds it moves.
 */
final class LineScanner {

  private final int max;
  private final int status;
  private int scanned;
  private int lineStart;

  /**
   * For one message.
   *
   * @param max how many bytes it may have
   * @param status of the error if it has more
   */
  LineScanner(int max, int status) {
    this.max = max;
    this.status = status;
  }

  /**
   * How long the message is up to the line feed of its next line, which must follow a carriage
   * return; -1 if that has not come yet.
   */
  int nextLine(byte[] buffer, int start, int limit) throws ProtocolException {
    for (int i = start + scanned; i < limit; i++) {
      if (i - start >= max) {
        throw tooLong();
      }
      boolean returned = i > start && buffer[i - 1] == '\r';
      if (buffer[i] == '\n') {
        if (!returned) {
          throw ProtocolException.bad("a line feed without a carriage return");
        }
        scanned = i + 1 - start;
        return scanned;
      }
      if (returned) {
        throw ProtocolException.bad("a carriage return without a line feed");
      }
    }
    scanned = limit - start;
    if (scanned >= max) {
      throw tooLong();
    }
    return -1;
  }

  /** How long the message is up to the blank line that ends its head; -1 if that has not come. */
  int head(byte[] buffer, int start, int limit) throws ProtocolException {
    int end = nextLine(buffer, start, limit);
    while (end >= 0 && end != lineStart + 2) {
      lineStart = end;
      end = nextLine(buffer, start, limit);
    }
    return end;
  }

  private ProtocolException tooLong() {
    return new ProtocolException(status, "a head or a line of more than " + max + " bytes");
  }
}
