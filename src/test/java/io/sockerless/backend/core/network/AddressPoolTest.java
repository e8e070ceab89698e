package io.sockerless.backend.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AddressPoolTest {

  private static Subnet subnet(String text) {
    return Subnet.parse(text).orElseThrow();
  }

  private static AddressPool pool(String text) {
    return new AddressPool(subnet(text), subnet(text));
  }

  @Property
  void noAddressIsGivenOutTwice(
      @ForAll @IntRange(min = 20, max = 32) int prefix,
      @ForAll @Size(max = 200) List<@IntRange(min = -3, max = 300) Integer> steps) {
    Subnet subnet = new Subnet(Subnet.address("10.1.0.0").orElseThrow(), prefix);
    AddressPool pool = new AddressPool(subnet, subnet);
    Set<Long> held = new HashSet<>();
    for (int step : steps) {
      long wanted = subnet.base() + step;
      if (step < 0) {
        OptionalLong any = pool.takeAny();
        any.ifPresent(address -> assertThat(held.add(address)).as("%d", address).isTrue());
        any.ifPresent(address -> assertThat(subnet.contains(address)).isTrue());
      } else if (!subnet.contains(wanted)) {
        continue;
      } else if (held.remove(wanted)) {
        pool.release(wanted);
      } else if (pool.take(wanted)) {
        held.add(wanted);
      }
    }
  }

  @Property
  void allAddressesButTheTwoReservedAreGivenOut(@ForAll @IntRange(min = 22, max = 30) int prefix) {
    Subnet subnet = new Subnet(Subnet.address("10.1.0.0").orElseThrow(), prefix);
    AddressPool pool = new AddressPool(subnet, subnet);
    List<Long> given = new ArrayList<>();
    for (OptionalLong any = pool.takeAny(); any.isPresent(); any = pool.takeAny()) {
      given.add(any.getAsLong());
    }
    assertThat(given)
        .hasSize((int) subnet.size() - 2)
        .doesNotContain(subnet.base(), subnet.last())
        .doesNotHaveDuplicates();
  }

  @Test
  void theLowestFreeAddressComesFirst() {
    AddressPool pool = pool("10.1.0.0/24");
    long first = pool.takeAny().orElseThrow();
    long second = pool.takeAny().orElseThrow();
    assertThat(Subnet.text(first)).isEqualTo("10.1.0.1");
    assertThat(Subnet.text(second)).isEqualTo("10.1.0.2");

    pool.release(first);

    assertThat(pool.takeAny()).hasValue(first);
  }

  @Test
  void theRangeBoundsWhatIsGivenOutButNotWhatIsAskedFor() {
    AddressPool pool = new AddressPool(subnet("10.1.0.0/24"), subnet("10.1.0.128/30"));
    for (int i = 128; i < 132; i++) {
      assertThat(pool.takeAny()).hasValue(Subnet.address("10.1.0." + i).orElseThrow());
    }
    assertThat(pool.takeAny()).isEmpty();
    assertThat(pool.take(Subnet.address("10.1.0.7").orElseThrow())).isTrue();
  }

  @Test
  void theBroadcastAddressIsNobodys() {
    assertThat(pool("10.1.0.0/24").take(Subnet.address("10.1.0.255").orElseThrow())).isFalse();
  }

  @Test
  void aBlockOfTwoHasTwoAddresses() {
    AddressPool pool = pool("10.1.0.0/31");
    assertThat(pool.takeAny()).isPresent();
    assertThat(pool.takeAny()).isPresent();
    assertThat(pool.takeAny()).isEmpty();
  }
}
