package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private final Query query = new Query("a=1&b=x%20y+z&a=2&flag&c%3D=d&=e&f=g=h");

  @Test
  void valuesAreDecodedInTheirOrder() {
    assertThat(query.first("a")).contains("1");
    assertThat(query.all("a")).containsExactly("1", "2");
    assertThat(query.first("b")).contains("x y z");
    assertThat(query.first("flag")).contains("");
    assertThat(query.first("c=")).contains("d");
    assertThat(query.first("f")).contains("g=h");
    assertThat(query.first("missing")).isEmpty();
    assertThat(Query.none().all("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"f=1", "f=true", "f=True", "f=t", "f=yes", "f=2", "f=-1", "f=anything"})
  void flagsAreSetByAnythingThatDoesNotClearThem(String raw) {
    assertThat(new Query(raw).flag("f")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "g=1", "f", "f=", "f=0", "f=no", "f=false", "f=False", "f=FALSE", "f=none", "f=%20"
      })
  void flagsAreClearedAsDockerdHasIt(String raw) {
    assertThat(new Query(raw).flag("f")).isFalse();
  }

  @Test
  void aParameterMoreOrLessLeavesTheOthersAsTheyWereWritten() {
    assertThat(query.and("n", "a b/&=").raw()).isEqualTo(query.raw() + "&n=a+b%2F%26%3D");
    assertThat(Query.none().and("n", "1").raw()).isEqualTo("n=1");
    assertThat(query.without("a").raw()).isEqualTo("b=x%20y+z&flag&c%3D=d&=e&f=g=h");
    assertThat(new Query("%61=1&b").without("a").raw()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "a=%1"})
  void aBrokenEscapeIsTheClientsFaultOnceSomebodyReadsIt(String raw) {
    assertThatExceptionOfType(EngineException.InvalidParameter.class)
        .isThrownBy(() -> new Query(raw).first("a"))
        .satisfies(e -> assertThat(e.status()).isEqualTo(400));
  }
}
