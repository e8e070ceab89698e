package io.sockerless.backend.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

  @Property
  void aBlockComesBackAsItWasWritten(
      @ForAll @LongRange(max = 0xffff_ffffL) long base, @ForAll @IntRange(max = 32) int prefix) {
    Subnet subnet = new Subnet(base, prefix);
    assertThat(Subnet.parse(subnet.toString())).contains(subnet);
  }

  @Property
  void blocksOverlapIfOneHasTheFirstAddressOfTheOther(
      @ForAll @LongRange(max = 0xffff_ffffL) long base,
      @ForAll @IntRange(max = 32) int prefix,
      @ForAll @IntRange(max = 32) int other) {
    Subnet one = new Subnet(base, prefix).masked();
    Subnet two = new Subnet(base, other).masked();
    assertThat(one.overlaps(two)).isTrue();
    assertThat(two.overlaps(one)).isTrue();
    if (one.last() < 0xffff_ffffL) {
      assertThat(one.overlaps(new Subnet(one.last() + 1, 32))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "256.0.0.0/8", "fd00::/64", "a/8"})
  void whatIsNoBlockIsNone(String text) {
    assertThat(Subnet.parse(text)).isEmpty();
  }

  @Test
  void theMacAddressIsMadeOfTheIpAddress() {
    assertThat(Endpoint.mac(Subnet.address("10.12.0.130").orElseThrow()))
        .isEqualTo("02:42:0a:0c:00:82");
  }

  @Test
  void defaultBlocksComeInDockersOrder() {
    List<Subnet> taken = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      taken.add(DefaultSubnets.free(taken).orElseThrow());
    }
    assertThat(taken.getFirst()).hasToString("172.17.0.0/16");
    assertThat(taken.get(14)).hasToString("172.31.0.0/16");
    assertThat(taken.get(15)).hasToString("192.168.0.0/20");
    assertThat(taken.getLast()).hasToString("192.168.240.0/20");
    assertThat(DefaultSubnets.free(taken)).isEmpty();
  }

  @Property(tries = 200)
  void defaultBlocksNeverOverlapAndFreedOnesComeBack(@ForAll Random random) {
    List<Subnet> taken = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (!taken.isEmpty() && random.nextInt(3) == 0) {
        Subnet freed = taken.remove(random.nextInt(taken.size()));
        assertThat(DefaultSubnets.free(taken).orElseThrow().base())
            .isLessThanOrEqualTo(freed.base());
      } else {
        DefaultSubnets.free(taken)
            .ifPresent(free -> {
              assertThat(taken).noneMatch(free::overlaps);
              taken.add(free);
            });
      }
    }
  }
}
