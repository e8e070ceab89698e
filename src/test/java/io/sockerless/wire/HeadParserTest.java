package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every head, sound or spoilt. */
class HeadParserTest {

  private static final String TOKEN = "!#$%&'*+-.^_`|~019azAZ";

  @Provide
  Arbitrary<String> token() {
    return Arbitraries.strings().withChars(TOKEN).ofMinLength(1).ofMaxLength(20);
  }

  @Provide
  Arbitrary<String> target() {
    return Arbitraries.strings().withCharRange('!', '~').ofMaxLength(60).map(rest -> "/" + rest);
  }

  @Provide
  Arbitrary<String> value() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withCharRange('\u0080', '\u00ff')
        .withChars('\t')
        .ofMaxLength(60)
        .map(text -> text.replaceAll("^[ \t]+|[ \t]+$", ""));
  }

  @Provide
  Arbitrary<Headers> headers() {
    return Combinators.combine(token(), value())
        .as(Headers.Field::new)
        .list()
        .ofMaxSize(12)
        .map(Headers::of);
  }

  @Provide
  Arbitrary<RequestHead> requests() {
    return Combinators.combine(token(), target(), headers()).as(RequestHead::new);
  }

  @Provide
  Arbitrary<ResponseHead> responses() {
    return Combinators.combine(Arbitraries.integers().between(100, 999), value(), headers())
        .as((status, reason, headers) -> new ResponseHead(1, status, reason, headers));
  }

  @Property(tries = 300)
  void aRequestHeadSurvivesItsWayHoweverItIsSplit(
      @ForAll("requests") RequestHead head,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 40) Integer> sizes)
      throws IOException {
    byte[] bytes =
        (new String(head.encode(), StandardCharsets.ISO_8859_1) + "BODY")
            .getBytes(StandardCharsets.ISO_8859_1);
    Input input = PiecesTransport.input(bytes, sizes.stream().mapToInt(it -> it).toArray());
    assertThat(input.awaitData()).isTrue();
    RequestHead parsed = input.readRequestHead();
    assertThat(parsed.method()).isEqualTo(head.method());
    assertThat(parsed.target()).isEqualTo(head.target());
    assertThat(parsed.minor()).isEqualTo(1);
    assertThat(parsed.headers().fields()).isEqualTo(head.headers().fields());
    assertThat(input.readAllBytes()).asString().isEqualTo("BODY");
  }

  @Property(tries = 300)
  void aResponseHeadSurvivesItsWayHoweverItIsSplit(
      @ForAll("responses") ResponseHead head,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 40) Integer> sizes)
      throws IOException {
    ResponseHead parsed =
        PiecesTransport.input(head.encode(), sizes.stream().mapToInt(it -> it).toArray())
            .readResponseHead();
    assertThat(parsed.status()).isEqualTo(head.status());
    assertThat(parsed.reason()).isEqualTo(head.reason());
    assertThat(parsed.headers().fields()).isEqualTo(head.headers().fields());
  }

  @Property(tries = 300)
  void aHeadThatEndsEarlyIsNoHead(
      @ForAll("requests") RequestHead head, @ForAll @IntRange(max = 10_000) int cut) {
    byte[] bytes = head.encode();
    byte[] part = Arrays.copyOf(bytes, cut % bytes.length);
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> PiecesTransport.input(part).readRequestHead());
  }

  /** Everywhere behind the first line's first byte: it would be an empty line there. */
  @Property(tries = 500)
  void aControlCharacterAnywhereSpoilsAHead(
      @ForAll("requests") RequestHead head,
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll @IntRange(max = 32) int control) {
    char c = (char) (control == 32 ? 0x7f : control);
    String text = new String(head.encode(), StandardCharsets.ISO_8859_1);
    int index = 1 + where % (text.length() - 4);
    String spoilt = text.substring(0, index) + c + text.substring(index);
    if (c == '\t' && isInsideAValue(text, index)) {
      return;
    }
    assertRefused(spoilt);
  }

  private static boolean isInsideAValue(String text, int index) {
    int line = text.lastIndexOf("\r\n", index - 1);
    int colon = text.indexOf(':', line + 2);
    return line > 0
        && colon >= 0
        && colon < index
        && text.charAt(index - 1) != '\r'
        && text.charAt(index) != '\n';
  }

  @Property(tries = 200)
  void aHeadWithoutItsCarriageReturnsIsRefused(
      @ForAll("requests") RequestHead head, @ForAll @IntRange(max = 100) int which) {
    String text = new String(head.encode(), StandardCharsets.ISO_8859_1);
    int lines = head.headers().fields().size() + 2;
    int index = -1;
    for (int i = 0; i <= which % lines; i++) {
      index = text.indexOf("\r\n", index + 1);
    }
    assertRefused(text.substring(0, index) + text.substring(index + 1));
  }

  @Property(tries = 200)
  void aSpaceBeforeAColonOrALineIsRefused(
      @ForAll("token") String name, @ForAll("value") String value, @ForAll boolean tab) {
    String blank = tab ? "\t" : " ";
    assertRefused("GET / HTTP/1.1\r\nHost: a\r\n" + name + blank + ":" + value + "\r\n\r\n");
    assertRefused("GET / HTTP/1.1\r\nHost: a\r\n" + blank + name + ":" + value + "\r\n\r\n");
  }

  @Property(tries = 500)
  void noBytesAtAllMakeItFailInAnyOtherWay(@ForAll @Size(max = 200) byte[] bytes) {
    try {
      PiecesTransport.input(bytes).readRequestHead();
    } catch (IOException e) {
      assertThat(e).isInstanceOfAny(ProtocolException.class, EOFException.class);
    }
  }

  @Property(tries = 300)
  void noBytesBehindAStatusLineMakeItFailInAnyOtherWay(@ForAll @Size(max = 100) byte[] bytes) {
    String text = "HTTP/1.1 " + new String(bytes, StandardCharsets.ISO_8859_1) + "\r\n\r\n";
    try {
      PiecesTransport.input(text).readResponseHead();
    } catch (IOException e) {
      assertThat(e).isInstanceOf(ProtocolException.class);
    }
  }

  @Example
  void aHeadHasItsLimits() throws IOException {
    String start = "GET / HTTP/1.1\r\nX: ";
    int fits = Input.MAX_HEAD - start.length() - 4;
    assertThat(
            PiecesTransport.input(start + "a".repeat(fits) + "\r\n\r\n", 1000)
                .readRequestHead()
                .headers()
                .first("X"))
        .hasValueSatisfying(value -> assertThat(value).hasSize(fits));
    assertStatus(431, start + "a".repeat(fits + 1) + "\r\n\r\n");
    assertStatus(431, "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(HeadParser.MAX_FIELDS + 1) + "\r\n");
    assertThat(
            PiecesTransport.input(
                    "GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(HeadParser.MAX_FIELDS) + "\r\n")
                .readRequestHead()
                .headers()
                .fields())
        .hasSize(HeadParser.MAX_FIELDS);
  }

  private static void assertRefused(String text) {
    assertStatus(400, text);
  }

  private static void assertStatus(int status, String text) {
    assertThatThrownBy(() -> PiecesTransport.input(text + "\r\n\r\n").readRequestHead())
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
