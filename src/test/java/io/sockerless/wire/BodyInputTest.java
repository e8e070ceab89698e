package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every body, however it is framed, sent in pieces and read. */
class BodyInputTest {

  private static final RequestHead CHUNKED =
      new RequestHead("POST", "/", Headers.of("Transfer-Encoding", "chunked"));

  private static byte[] chunked(List<byte[]> pieces) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ChunkedOutput output = new ChunkedOutput(bytes);
    for (byte[] piece : pieces) {
      output.write(piece);
    }
    output.finish();
    return bytes.toByteArray();
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pieces.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /** Reads in steps of a size, as a slow reader would, and checks that the end is one. */
  private static byte[] read(BodyInput body, int step) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] buffer = new byte[step];
    int count;
    while ((count = body.read(buffer, 0, step)) >= 0) {
      assertThat(count).isPositive();
      read.write(buffer, 0, count);
    }
    assertThat(body.isFinished()).isTrue();
    assertThat(body.read()).isEqualTo(-1);
    assertThat(body.available()).isZero();
    return read.toByteArray();
  }

  private static byte[] with(byte[] body, String next) {
    return joined(List.of(body, next.getBytes(StandardCharsets.US_ASCII)));
  }

  @Property(tries = 300)
  void chunksComeOutAsTheyWentInAndTheNextMessageIsLeft(
      @ForAll @Size(max = 8) List<@Size(max = 60) byte[]> pieces,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 70) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 70) int step)
      throws IOException {
    Input input =
        PiecesTransport.input(
            with(chunked(pieces), "NEXT"), sizes.stream().mapToInt(it -> it).toArray());
    BodyInput body = BodyInput.ofRequest(CHUNKED, input);
    assertThat(body.length()).isEqualTo(-1);
    assertThat(read(body, step)).isEqualTo(joined(pieces));
    assertThat(input.readAllBytes()).asString().isEqualTo("NEXT");
  }

  @Property(tries = 200)
  void aBodyByLengthComesOutAsItWentInAndTheNextMessageIsLeft(
      @ForAll @Size(max = 200) byte[] bytes,
      @ForAll @IntRange(min = 1, max = 70) int size,
      @ForAll @IntRange(min = 1, max = 70) int step)
      throws IOException {
    Input input = PiecesTransport.input(with(bytes, "NEXT"), size);
    RequestHead head =
        new RequestHead("POST", "/", Headers.of("Content-Length", Integer.toString(bytes.length)));
    BodyInput body = BodyInput.ofRequest(head, input);
    assertThat(body.length()).isEqualTo(bytes.length);
    assertThat(read(body, step)).isEqualTo(bytes);
    assertThat(input.readAllBytes()).asString().isEqualTo("NEXT");
  }

  @Property(tries = 300)
  void chunksThatEndEarlyAreNeverWhole(
      @ForAll @Size(max = 4) List<@Size(max = 30) byte[]> pieces,
      @ForAll @IntRange(max = 10_000) int cut,
      @ForAll @IntRange(min = 1, max = 40) int size)
      throws IOException {
    byte[] whole = chunked(pieces);
    Input input = PiecesTransport.input(Arrays.copyOf(whole, cut % whole.length), size);
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> BodyInput.ofRequest(CHUNKED, input).readAllBytes());
  }

  @Property(tries = 100)
  void aBodyByLengthThatEndsEarlyIsNeverWhole(@ForAll @Size(max = 50) byte[] bytes) {
    RequestHead head =
        new RequestHead(
            "POST", "/", Headers.of("Content-Length", Integer.toString(bytes.length + 1)));
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> BodyInput.ofRequest(head, PiecesTransport.input(bytes)).readAllBytes());
  }

  @Property(tries = 500)
  void whatIsNoHexadecimalNumberIsNoChunkSize(@ForAll @Size(min = 1, max = 6) byte[] size) {
    String line = new String(size, StandardCharsets.ISO_8859_1);
    if (line.matches("[0-9a-fA-F]{1,15}([ \t]*;[\\x20-\\x7e\\x80-\\xff\t]*)?")) {
      return;
    }
    assertThatThrownBy(() ->
            BodyInput.ofRequest(
                    CHUNKED,
                    PiecesTransport.input(line + "\r\n" + "x".repeat(99) + "\r\n0\r\n\r\n"))
                .readAllBytes())
        .isInstanceOf(ProtocolException.class);
  }

  @Example
  void nothingIsWrittenForAnEmptyPieceSinceItWouldEndTheBody() throws IOException {
    assertThat(chunked(List.of(new byte[0]))).asString().isEqualTo("0\r\n\r\n");
  }

  @Example
  void anAnswerWithoutFramingIsReadUntilTheClose() throws IOException {
    BodyInput body = response("GET", 200, Headers.empty(), "all of it");
    assertThat(body.length()).isEqualTo(-1);
    assertThat(read(body, 4)).asString().isEqualTo("all of it");
  }

  @Example
  void answersThatHaveNoBodyHaveNone() throws IOException {
    Headers length = Headers.of("Content-Length", "5");
    for (int status : new int[] {100, 101, 199, 204, 304}) {
      assertThat(response("GET", status, length, "other").isFinished()).as("%d", status).isTrue();
    }
    assertThat(response("HEAD", 200, length, "other").readAllBytes()).isEmpty();
    assertThat(response("HEAD", 200, Headers.of("Transfer-Encoding", "chunked"), "").isFinished())
        .isTrue();
  }

  private static BodyInput response(String method, int status, Headers headers, String bytes)
      throws IOException {
    return BodyInput.ofResponse(
        method, new ResponseHead(1, status, "", headers), PiecesTransport.input(bytes));
  }
}
