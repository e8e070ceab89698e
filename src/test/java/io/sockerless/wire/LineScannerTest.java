package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LineScannerTest {

  private static final byte[] HEAD =
      "GET / HTTP/1.1\r\nHost: a\r\n\r\nbody\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = HEAD.length - "body\r\n\r\n".length();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Property
  void aHeadEndsAtTheSameByteInWhateverPiecesItComes(@ForAll @IntRange(min = 1, max = 40) int piece)
      throws ProtocolException {
    LineScanner scanner = new LineScanner(1000, 431);
    int limit = Math.min(piece, HEAD.length);
    int length = scanner.head(HEAD, 0, limit);
    while (length < 0) {
      assertThat(limit).isLessThan(LENGTH);
      limit = Math.min(limit + piece, HEAD.length);
      length = scanner.head(HEAD, 0, limit);
    }
    assertThat(length).isEqualTo(LENGTH);
  }

  @Example
  void theBufferMayMoveWhileAMessageComes() throws ProtocolException {
    LineScanner scanner = new LineScanner(1000, 431);
    assertThat(scanner.nextLine(bytes("xxxa\r"), 3, 5)).isEqualTo(-1);
    assertThat(scanner.nextLine(bytes("a\r\nb"), 0, 4)).isEqualTo(3);
  }

  @Example
  void aLineMayHaveAsManyBytesAsTheLimitSays() throws ProtocolException {
    byte[] line = bytes("abc\r\n");
    assertThat(new LineScanner(5, 400).nextLine(line, 0, 5)).isEqualTo(5);
    assertThatThrownBy(() -> new LineScanner(4, 400).nextLine(line, 0, 5))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Example
  void whatCannotBecomeALineWithinTheLimitIsRefusedBeforeMoreIsRead() {
    assertThatThrownBy(() -> new LineScanner(3, 431).nextLine(bytes("abc"), 0, 3))
        .isInstanceOf(ProtocolException.class);
  }

  @Example
  void aReturnAndALineFeedGoTogether() {
    assertThatThrownBy(() -> new LineScanner(9, 400).nextLine(bytes("a\n"), 0, 2))
        .hasMessage("a line feed without a carriage return");
    assertThatThrownBy(() -> new LineScanner(9, 400).nextLine(bytes("a\rb"), 0, 3))
        .hasMessage("a carriage return without a line feed");
  }
}
