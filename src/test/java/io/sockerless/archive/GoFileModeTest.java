package io.sockerless.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFileModeTest {

  /** What Go's {@code os.Lstat} tells of such files. */
  @ParameterizedTest
  @CsvSource({
    "0100644, 420",
    "0040755, 2147484141",
    "0120777, 134218239",
    "0010644, 33554852",
    "0020620, 69206416",
    "0060660, 67109296",
    "0140755, 16777709",
    "0104755, 8389101",
    "0102755, 4194797",
    "0041777, 2148532735"
  })
  void aModeOfLinuxIsToldInTheBitsOfGo(String mode, long expected) {
    assertThat(GoFileMode.of(Integer.parseInt(mode, 8))).isEqualTo(expected);
  }
}
