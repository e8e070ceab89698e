package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {

  private final Headers headers =
      Headers.of(
          "Host", "a", "X-B", "2", "x-b", "1", "Connection", "keep-alive, X-Hop", "X-HOP", "h");

  @Test
  void namesIgnoreCaseAndKeepTheirSpelling() {
    assertThat(headers.first("x-B")).contains("2");
    assertThat(headers.all("X-b")).containsExactly("2", "1");
    assertThat(headers.first("missing")).isEmpty();
    assertThat(headers.fields().get(2)).isEqualTo(new Headers.Field("x-b", "1"));
  }

  @Test
  void tokensAreFoundInAnyOfALists() {
    assertThat(headers.hasToken("connection", "KEEP-ALIVE")).isTrue();
    assertThat(headers.hasToken("connection", "x-hop")).isTrue();
    assertThat(headers.hasToken("connection", "keep")).isFalse();
    assertThat(Headers.of("Connection", "a", "Connection", "close").hasToken("Connection", "close"))
        .isTrue();
  }

  @Test
  void whatSpeaksOfTheConnectionDoesNotCrossToTheNext() {
    Headers crossing =
        headers
            .and("Keep-Alive", "1")
            .and("TE", "trailers")
            .and("Trailer", "X")
            .and("Transfer-Encoding", "chunked")
            .and("Upgrade", "tcp")
            .and("Proxy-Connection", "close")
            .and("Content-Length", "3")
            .and("X-Last", "l")
            .endToEnd();
    assertThat(crossing.fields())
        .containsExactly(
            new Headers.Field("Host", "a"),
            new Headers.Field("X-B", "2"),
            new Headers.Field("x-b", "1"),
            new Headers.Field("X-Last", "l"));
  }

  @Test
  void aChangeLeavesTheOriginalAsItWas() {
    assertThat(headers.without("HOST").first("Host")).isEmpty();
    assertThat(headers.and("Host", "b").all("Host")).containsExactly("a", "b");
    assertThat(headers.all("Host")).containsExactly("a");
  }

  @Test
  void valuesAreNotPrintedSinceSomeAreSecrets() {
    assertThat(Headers.of("X-Registry-Auth", "secret").toString())
        .isEqualTo("Headers[X-Registry-Auth]");
  }

  @Test
  void fieldsOfAPrefixAreTakenOutWhateverTheirCase() {
    Headers headers = Headers.of("X-A", "1", "x-b", "2", "Y", "3");
    assertThat(headers.withoutPrefix("X-").fields()).containsExactly(new Headers.Field("Y", "3"));
    assertThat(headers.withoutPrefix("Z-")).isSameAs(headers);
  }
}
