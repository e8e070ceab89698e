package io.sockerless.backend.memory.utility.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.memory.support.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LzmaTest {

  private final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void programs() {
    ArchiveUtilities.programs().forEach(sandbox::with);
  }

  @Test
  void whatWasCompressedComesBack() {
    sandbox.withFile("/work/f", "hello\n".repeat(1_000));
    assertThat(sandbox.run("lzma", "f").code()).isZero();
    assertThat(sandbox.files().exists("/work/f")).isFalse();
    assertThat(sandbox.run("lzcat", "f.lzma").output()).isEqualTo("hello\n".repeat(1_000));
    assertThat(sandbox.run("unlzma", "f.lzma").code()).isZero();
    assertThat(sandbox.read("/work/f")).isEqualTo("hello\n".repeat(1_000));
  }

  @Test
  void whatIsNotCompressedIsRefused() {
    sandbox.withFile("/work/f.lzma", "no");
    assertThat(sandbox.run("unlzma", "f.lzma").code()).isEqualTo(1);
  }
}
