package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadReaderTest {

  private static final int MAX = 64;

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatComesBehindAHeadIsLeftInTheStream() throws IOException {
    InputStream input = stream("GET /a HTTP/1.1\r\nHost: b\r\n\r\nrest");

    RequestHead head = HeadReader.request(input, MAX);

    assertThat(head.target()).isEqualTo("/a");
    assertThat(head.headers().only("host")).contains("b");
    assertThat(input.readAllBytes()).asString().isEqualTo("rest");
  }

  @Test
  void anInterimResponseIsAHeadOfItsOwn() throws IOException {
    InputStream input = stream("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 \r\n\r\n");

    assertThat(HeadReader.response(input, MAX).status()).isEqualTo(103);
    assertThat(HeadReader.response(input, MAX).status()).isEqualTo(200);
  }

  @Test
  void aStreamThatEndsInAHeadIsNoHead() {
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> HeadReader.request(stream("GET / HTTP/1.1\r\n"), MAX));
  }

  @Test
  void aLineFeedAloneIsRefusedBeforeTheHeadEnds() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> HeadReader.request(stream("GET / HTTP/1.1\n"), MAX))
        .extracting(ProtocolException::status)
        .isEqualTo(400);
  }

  @Test
  void aHeadOfAllThatIsAllowedIsReadAndOneByteMoreIsNot() throws IOException {
    String head = "GET /" + "a".repeat(MAX - 18) + " HTTP/1.1\r\n\r\n";
    int length = head.length();

    assertThat(HeadReader.request(stream(head), length).method()).isEqualTo("GET");
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> HeadReader.request(stream(head), length - 1))
        .extracting(ProtocolException::status)
        .isEqualTo(431);
  }

  @ParameterizedTest
  @CsvSource({
    "X,a b,true",
    "X,'',true",
    "X y,a,false",
    "'',a,false",
    "X,'a\r\nY: b',false",
    "X,' a',false",
    "X,'a\u0000',false"
  })
  void aHeadIsWellFormedIfItIsReadAsItWasMeant(String name, String value, boolean expected) {
    RequestHead head = new RequestHead("GET", "/", Headers.of(name, value));

    assertThat(head.isWellFormed()).isEqualTo(expected);
  }
}
