package io.sockerless.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {

  @TempDir private Path folder;

  private AuditTrail trail(String content) throws IOException {
    return new AuditTrail(Files.writeString(folder.resolve("audit.log"), content));
  }

  @Test
  void theNewestOfThoseThatAreWantedComeFirst() throws IOException {
    AuditTrail trail = trail("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n");

    assertThat(trail.newest(entry -> entry.getInt("n") != 3, 2))
        .extracting(entry -> entry.getInt("n"))
        .containsExactly(4, 2);
  }

  @Test
  void aLineThatIsBeingWrittenIsPassedOver() throws IOException {
    assertThat(trail("{\"n\":1}\n{\"n\":").newest(entry -> true, 9)).hasSize(1);
  }

  @Test
  void ofALongRecordTheEndIsRead() throws IOException {
    String line = "{\"n\":1,\"text\":\"" + "x".repeat(1000) + "\"}\n";

    assertThat(trail(line.repeat(3000)).newest(entry -> true, 9999))
        .hasSize(AuditTrail.TAIL / line.length());
  }

  @Test
  void whatIsNotThereYetHoldsNothing() {
    assertThat(new AuditTrail(folder.resolve("none")).newest(entry -> true, 9)).isEmpty();
  }
}
