package io.sockerless.backend.core;

import static io.sockerless.backend.core.container.CoreFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.container.CoreFixture;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Containers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend does differently. */
class OverridesTest {

  @TempDir Path folder;

  /** Starts nothing, and says so. */
  public static final class OtherStart {
    /** In the place of the core's. */
    public Answer start(String id, Call call) {
      return Answer.empty(299);
    }
  }

  /** Has a method that no noun has. */
  public static final class Mistaken {
    /** Nobody would ever call it. */
    public Answer launch(String id) {
      return Answer.empty(200);
    }
  }

  @Test
  void onlyWhatDiffersIsWrittenDown() {
    try (CoreFixture core = new CoreFixture(folder)) {
      Containers containers =
          Overrides.replace(Containers.class, core.containers, new OtherStart());
      String id = core.create("c1", "");
      assertThat(containers.start(id, call("")).status()).isEqualTo(299);
      assertThat(containers.inspect(id, call("")).status()).isEqualTo(200);
      assertThatThrownBy(() -> containers.inspect("nope", call("")))
          .hasMessage("No such container: nope");
    }
  }

  @Test
  void aMethodThatNobodyCallsIsRefused() {
    try (CoreFixture core = new CoreFixture(folder)) {
      assertThatThrownBy(() -> Overrides.replace(Containers.class, core.containers, new Mistaken()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("launch");
    }
  }
}
