package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is read to where it is framed arrives whole, as it comes, in few writes. */
class ChunkedOutputTest {

  /** Gives a piece a read, as a connection does, and knows what else has come. */
  private static final class Arriving extends InputStream {
    private final List<byte[]> pieces;
    private final int waits;
    private int next;

    /** Pieces come together in groups of so many. */
    Arriving(List<byte[]> pieces, int waits) {
      this.pieces = new ArrayList<>(pieces);
      this.waits = waits;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (next == pieces.size()) {
        return -1;
      }
      byte[] piece = pieces.get(next);
      int count = Math.min(piece.length, length);
      System.arraycopy(piece, 0, bytes, offset, count);
      if (count < piece.length) {
        byte[] rest = new byte[piece.length - count];
        System.arraycopy(piece, count, rest, 0, rest.length);
        pieces.set(next, rest);
      } else {
        next++;
      }
      return count;
    }

    @Override
    public int available() {
      return next < pieces.size() && next % waits != 0 ? 1 : 0;
    }
  }

  private static final class Writes extends OutputStream {
    private final List<String> writes = new ArrayList<>();

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      writes.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }
  }

  @Property(tries = 200)
  void allThatIsReadArrives(
      @ForAll @IntRange(min = 0, max = 40) int pieces,
      @ForAll @IntRange(min = 1, max = 5) int waits,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<byte[]> content = new ArrayList<>();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int i = 0; i < pieces; i++) {
      byte[] piece = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 90_000)];
      random.nextBytes(piece);
      content.add(piece);
      whole.writeBytes(piece);
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ChunkedOutput output = new ChunkedOutput(sent);
    output.transferFrom(new Arriving(content, waits));
    output.finish();
    BodyInput body =
        BodyInput.ofRequest(
            new RequestHead("POST", "/", Headers.of("Transfer-Encoding", "chunked")),
            PiecesTransport.input(sent.toByteArray(), 1 << 20));
    assertThat(body.readAllBytes()).isEqualTo(whole.toByteArray());
  }

  @Example
  void whatHasComeIsOneChunkInOneWrite() throws IOException {
    Writes writes = new Writes();
    new ChunkedOutput(writes)
        .transferFrom(new Arriving(List.of(bytes("ab"), bytes("cd"), bytes("ef")), 2));
    assertThat(writes.writes).containsExactly("4\r\nabcd\r\n", "2\r\nef\r\n");
  }

  @Example
  void nothingIsNoChunk() throws IOException {
    Writes writes = new Writes();
    new ChunkedOutput(writes).transferFrom(new ByteArrayInputStream(new byte[0]));
    assertThat(writes.writes).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
