package io.sockerless.backend.core.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The blocks that networks get who ask for none: dockerd's own, in its order. A block is free again
 * when its network is gone.
 *
 * @see <a href="https://docs.docker.com/engine/network/#automatic-subnet-allocation">Automatic
 *     subnet allocation</a>
 */
final class DefaultSubnets {

  private static final List<Subnet> ALL = new ArrayList<>();

  static {
    for (int second = 17; second <= 31; second++) {
      ALL.add(new Subnet(172L << 24 | (long) second << 16, 16));
    }
    for (int third = 0; third < 256; third += 16) {
      ALL.add(new Subnet(192L << 24 | 168L << 16 | (long) third << 8, 20));
    }
  }

  private DefaultSubnets() {}

  /** The first block that overlaps with none of the given; none if there is no such block. */
  static Optional<Subnet> free(Collection<Subnet> taken) {
    return ALL.stream().filter(block -> taken.stream().noneMatch(block::overlaps)).findFirst();
  }
}
