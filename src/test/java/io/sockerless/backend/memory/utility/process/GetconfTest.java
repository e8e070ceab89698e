package io.sockerless.backend.memory.utility.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What scripts ask of the system. */
class GetconfTest {

  private final Sandbox sandbox = new Sandbox().asChild();

  @BeforeEach
  void addPrograms() {
    ProcessUtilities.programs().forEach(sandbox::with);
  }

  @Test
  void theSystemIsDescribed() {
    assertThat(sandbox.run("getconf", "LONG_BIT").output()).isEqualTo("64\n");
    assertThat(sandbox.run("getconf", "PATH_MAX", "/").output()).isEqualTo("4096\n");
    assertThat(sandbox.run("getconf", "_NPROCESSORS_ONLN").output())
        .isEqualTo(Runtime.getRuntime().availableProcessors() + "\n");
    assertThat(sandbox.run("getconf", "-a").output())
        .contains("PAGESIZE                           4096\n");
  }

  @Test
  void whatNobodyKnowsIsAnError() {
    Sandbox.Result result = sandbox.run("getconf", "GNU_LIBC_VERSION");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errors()).isEqualTo("getconf: Unrecognized variable `GNU_LIBC_VERSION'\n");
  }
}
