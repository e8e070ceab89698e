package io.sockerless.agent.program.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {

  @Test
  void mountPointsAreToldWithoutTheRootAndWithTheirRealNames() {
    assertThat(
            MountTable.paths(
                List.of(
                    "1 0 8:1 / / rw - ext4 /dev/sda rw",
                    "2 1 0:4 / /proc rw,relatime shared:3 - proc proc rw",
                    "3 1 8:1 /x /a\\040b\\134c rw - ext4 /dev/sda rw")))
        .containsExactly("/a b\\c", "/proc");
  }
}
