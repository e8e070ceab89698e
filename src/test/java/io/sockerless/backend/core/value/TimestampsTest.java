package io.sockerless.backend.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimestampsTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.5Z");

  @Property
  void secondsWithNanosecondsComeBackAsTheyWere(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long seconds,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    assertThat(Timestamps.parse("%d.%09d".formatted(seconds, nanos), NOW))
        .isEqualTo(Instant.ofEpochSecond(seconds, nanos));
  }

  @Test
  void aShortFractionIsOfASecond() {
    assertThat(Timestamps.parse("7.5", NOW)).isEqualTo(Instant.ofEpochSecond(7, 500_000_000));
  }

  @Test
  void aDurationIsHowLongAgo() {
    assertThat(Timestamps.parse("1h30m", NOW)).isEqualTo(NOW.minus(Duration.ofMinutes(90)));
    assertThat(Timestamps.parse("1.5s", NOW)).isEqualTo(NOW.minusMillis(1500));
    assertThat(Timestamps.parse("10ms", NOW)).isEqualTo(NOW.minusMillis(10));
  }

  @Test
  void aNegativeDurationIsYetToCome() {
    assertThat(Timestamps.parse("-10m", NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
  }

  @Test
  void aTimeMayHaveAZone() {
    assertThat(Timestamps.parse("2026-01-02T03:04:05.25+01:00", NOW))
        .isEqualTo(Instant.parse("2026-01-02T02:04:05.25Z"));
    assertThat(Timestamps.parse("2026-01-02T03:04:05Z", NOW))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  void aDateWithoutAZoneIsInThisMachines() {
    assertThat(Timestamps.parse("2026-01-02", NOW))
        .isEqualTo(LocalDateTime.of(2026, 1, 2, 0, 0).atZone(ZoneId.systemDefault()).toInstant());
    assertThat(Timestamps.parse("2026-01-02T03:04", NOW))
        .isEqualTo(LocalDateTime.of(2026, 1, 2, 3, 4).atZone(ZoneId.systemDefault()).toInstant());
  }

  @Test
  void whatIsNoMomentIsRefused() {
    for (String text : new String[] {"", "yesterday", "2026-13-01", "1x", "m", "1.2.3"}) {
      assertThatThrownBy(() -> Timestamps.parse(text, NOW))
          .as(text)
          .isInstanceOf(EngineException.InvalidParameter.class);
    }
  }
}
