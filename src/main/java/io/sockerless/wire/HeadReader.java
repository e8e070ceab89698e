package io.sockerless.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads heads by the grammar of {@link HeadParser} from a stream that is no {@link Input}, and
 * nothing behind them: the agent's connections are the JDK's own sockets.
 */
public final class HeadReader {

  private static final int INITIAL = 512;

  private HeadReader() {}

  /**
   * Reads a request's head.
   *
   * @param input a stream that is buffered, for each byte is read by itself
   * @param max how many bytes it may have
   * @throws EOFException if the stream ends before
   * @throws ProtocolException if it is none, or too large
   */
  public static RequestHead request(InputStream input, int max) throws IOException {
    byte[] head = read(input, max);
    return new HeadParser(head, 0, head.length).request();
  }

  /** The same of a response; interim ones are heads of their own. */
  public static ResponseHead response(InputStream input, int max) throws IOException {
    byte[] head = read(input, max);
    return new HeadParser(head, 0, head.length).response();
  }

  private static byte[] read(InputStream input, int max) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(INITIAL);
    int last = -1;
    int lineLength = 0;
    while (true) {
      int c = input.read();
      if (c < 0) {
        throw new EOFException("the connection ended in a head");
      }
      if (head.size() == max) {
        throw new ProtocolException(431, "a head of more than " + max + " bytes");
      }
      head.write(c);
      lineLength++;
      if (c == '\n') {
        if (last != '\r') {
          throw ProtocolException.bad("a line feed without a carriage return");
        }
        if (lineLength == 2) {
          return head.toByteArray();
        }
        lineLength = 0;
      }
      last = c;
    }
  }
}
