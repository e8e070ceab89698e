package io.sockerless.backend.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {

  private final SetClock clock = new SetClock();
  private final Hosts hosts = new Hosts(clock);

  @Test
  void aHostThatDidNotAnswerIsNotAskedForAMinute() {
    URI silent = URI.create("https://registry.example");
    hosts.silent(silent, "why");
    assertThat(hosts.whySilent(URI.create("https://registry.example:443/v2/"))).contains("why");
    assertThat(hosts.whySilent(URI.create("https://other.example"))).isEmpty();
    clock.now = clock.now.plus(Duration.ofSeconds(61));
    assertThat(hosts.whySilent(silent)).isEmpty();
  }

  @Test
  void thisMachineIsAskedAgainAtOnce() {
    URI local = URI.create("http://127.0.0.1:5000");
    hosts.silent(local, "why");
    assertThat(hosts.whySilent(local)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,true",
    "127.0.0.1,true",
    "127.9.9.9,true",
    "[::1],true",
    "127.0.0.1.example,false",
    "localhost.example,false",
    "10.0.0.1,false",
    "registry.example,false"
  })
  void plainHttpIsForThisMachineAlone(String host, boolean plain) {
    assertThat(Hosts.bases(host + ":5000").stream().anyMatch(b -> b.getScheme().equals("http")))
        .isEqualTo(plain);
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
