package io.sockerless.backend.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Capabilities.Capability;
import io.sockerless.engine.Containers;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbsencesTest {

  private static final Call CALL = Call.of(Query.none());

  private static Containers without(Capability capability) {
    Containers all =
        (Containers)
            Proxy.newProxyInstance(
                Containers.class.getClassLoader(),
                new Class<?>[] {Containers.class},
                (_, _, _) -> Answer.empty(204));
    return Absences.of(Map.of(capability, "not here: why"), Overrides.none())
        .containers()
        .apply(all);
  }

  @Test
  void anOperationOfWhatIsNotThereAnswersWithTheReason() {
    assertThatExceptionOfType(EngineException.NotImplemented.class)
        .isThrownBy(() -> without(Capability.PAUSE).pause("x", CALL))
        .withMessage("not here: why");
  }

  @Test
  void allOthersAreDone() {
    assertThat(without(Capability.PAUSE).kill("x", CALL).status()).isEqualTo(204);
  }

  @Test
  void aLogThatCannotBeFollowedCanBeRead() {
    Containers containers = without(Capability.LOGS_FOLLOW);

    assertThat(containers.logs("x", CALL).status()).isEqualTo(204);
    assertThatExceptionOfType(EngineException.NotImplemented.class)
        .isThrownBy(() -> containers.logs("x", Call.of(Query.none().and("follow", "1"))));
  }
}
