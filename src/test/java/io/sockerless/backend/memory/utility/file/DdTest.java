package io.sockerless.backend.memory.utility.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.support.Sandbox;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dd tells where no more can be written; the rest is compared with BusyBox. */
class DdTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void devices() throws IOException {
    FileUtilities.programs().forEach(sandbox::with);
    sandbox.files().makeNode("/dev/full", FileType.CHARACTER, 0666, 0x107);
    sandbox.withFile("in", "x".repeat(2_000));
  }

  @Test
  void aFullDiskIsToldWithWhatWasCopied() {
    Sandbox.Result result = sandbox.run("dd", "if=in", "of=/dev/full", "bs=1000");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.errors())
        .isEqualTo(
            "dd: error writing '/dev/full': No space left on device\n"
                + "1+0 records in\n0+0 records out\n");
  }

  @Test
  void nothingButTheErrorIsToldIfThatIsWished() {
    assertThat(sandbox.run("dd", "if=in", "of=/dev/full", "status=none").errors())
        .isEqualTo("dd: error writing '/dev/full': No space left on device\n");
  }
}
