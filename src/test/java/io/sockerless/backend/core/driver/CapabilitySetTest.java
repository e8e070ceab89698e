package io.sockerless.backend.core.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dockerd 20.10 and 28.5 show in {@code /proc/self/status} for the same requests. */
class CapabilitySetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; 00000000a80425fb",
        "{'CapDrop':['ALL']}; 0000000000000000",
        "{'CapDrop':['all'],'CapAdd':['chown','CAP_KILL']}; 0000000000000021",
        "{'CapAdd':['NET_ADMIN'],'CapDrop':['cap_setuid']}; 00000000a804357b",
        "{'CapAdd':['ALL']}; 000001ffffffffff",
        "{'CapAdd':['ALL'],'CapDrop':['CHOWN']}; 000001fffffffffe",
        "{'Privileged':true,'CapDrop':['CHOWN']}; 000001ffffffffff"
      })
  void aContainerHasWhatItAsksFor(String hostConfig, String bits) {
    assertThat(CapabilitySet.ofContainer(json(hostConfig))).hasToString(bits);
  }

  @Test
  void aNameThatIsNoneIsRefusedInDockersWords() {
    assertThatThrownBy(() -> CapabilitySet.ofContainer(json("{'CapDrop':['KILL','foo']}")))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid CapDrop: unknown capability: \"CAP_FOO\"");
  }

  @ParameterizedTest
  @CsvSource({
    "no-new-privileges, true",
    "no-new-privileges:true, true",
    "no-new-privileges=1, true",
    "no-new-privileges:false, false",
    "label=disable, false",
    "seccomp={}, false"
  })
  void onlyOneSecurityOptionConcernsPrivileges(String option, boolean asked) {
    assertThat(SecurityOptions.noNewPrivileges(json("{'SecurityOpt':['" + option + "']}")))
        .isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "odd, 'invalid --security-opt 1: \"odd\"'",
    "odd=1, 'invalid --security-opt 2: \"odd=1\"'",
    "no-new-privileges:maybe, 'invalid --security-opt 2: \"no-new-privileges:maybe\"'"
  })
  void aSecurityOptionThatIsNoneIsRefused(String option, String message) {
    assertThatThrownBy(
            () -> SecurityOptions.noNewPrivileges(json("{'SecurityOpt':['" + option + "']}")))
        .hasMessage(message);
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }
}
