package io.sockerless.backend.core.network;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * The addresses of one network: each is given out once at a time, the lowest free one first, as
 * dockerd does. Not safe for several threads at once.
 */
final class AddressPool {

  private final Subnet subnet;
  private final Subnet range;
  private final int highest;
  private final BitSet taken = new BitSet();

  /**
   * A pool with all free but the network's own address and its broadcast.
   *
   * @param range what addresses are given out from when none is asked for
   */
  AddressPool(Subnet subnet, Subnet range) {
    this.subnet = subnet.masked();
    this.range = range.masked();
    boolean broadcasts = subnet.prefix() < 31;
    this.highest = index(this.subnet.last()) - (broadcasts ? 1 : 0);
    if (broadcasts) {
      taken.set(0);
    }
  }

  /** Takes a certain address of the network; false if it is taken. */
  boolean take(long address) {
    int index = index(address);
    if (index > highest || taken.get(index)) {
      return false;
    }
    taken.set(index);
    return true;
  }

  /** Takes any address of the range; none if all are taken. */
  OptionalLong takeAny() {
    int index = taken.nextClearBit(index(range.base()));
    if (index > Math.min(highest, index(range.last()))) {
      return OptionalLong.empty();
    }
    taken.set(index);
    return OptionalLong.of(subnet.base() + index);
  }

  /** Gives an address back. */
  void release(long address) {
    taken.clear(index(address));
  }

  /** Fits, since no network is larger than {@link Ipam#MIN_PREFIX} allows. */
  private int index(long address) {
    return Math.toIntExact(address - subnet.base());
  }
}
