package io.sockerless.backend.core.dockerfile;

import static io.sockerless.backend.core.container.CoreFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The instructions that a commit and an import take. */
class ConfigChangesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "CMD [\"a\", \"b c\"] | {'Cmd':['a','b c']}",
        "CMD a b | {'Cmd':['/bin/sh','-c','a b']}",
        "entrypoint [\"e\"] | {'Entrypoint':['e'],'Cmd':null}",
        "ENV A=1 B=\"x y\" | {'Env':['A=1','B=x y']}",
        "ENV A x y | {'Env':['A=x y']}",
        "LABEL a=1 b='2 3' | {'Labels':{'a':'1','b':'2 3'}}",
        "EXPOSE 80 53/udp | {'ExposedPorts':{'80/tcp':{},'53/udp':{}}}",
        "VOLUME [\"/v\"] | {'Volumes':{'/v':{}}}",
        "VOLUME /v /w | {'Volumes':{'/v':{},'/w':{}}}",
        "USER me | {'User':'me'}",
        "WORKDIR w | {'WorkingDir':'/w'}",
        "WORKDIR /w/ | {'WorkingDir':'/w/'}",
        "ONBUILD RUN x | {'OnBuild':['RUN x']}",
        "HEALTHCHECK CMD x | {'Healthcheck':{'Test':['CMD-SHELL','x']}}"
      })
  void eachInstructionChangesItsField(String instruction, String expected) {
    assertThat(ConfigChanges.apply(json("{}"), List.of(instruction))).isEqualTo(json(expected));
  }

  @Test
  void environmentIsReplacedByKey() {
    assertThat(ConfigChanges.apply(json("{'Env':['A=0','B=1']}"), List.of("ENV A=2")))
        .isEqualTo(json("{'Env':['A=2','B=1']}"));
  }

  @Test
  void aNewEntryPointTakesTheOldCommandAwayAndKeepsANewOne() {
    assertThat(ConfigChanges.apply(json("{'Cmd':['old']}"), List.of("ENTRYPOINT [\"e\"]")))
        .isEqualTo(json("{'Cmd':null,'Entrypoint':['e']}"));
    assertThat(
            ConfigChanges.apply(
                json("{'Cmd':['old']}"), List.of("CMD [\"new\"]", "ENTRYPOINT [\"e\"]")))
        .isEqualTo(json("{'Cmd':['new'],'Entrypoint':['e']}"));
  }

  @Test
  void variablesOfTheEnvironmentAreReplaced() {
    assertThat(ConfigChanges.apply(json("{'Env':['A=1']}"), List.of("ENV B=$A:2\nUSER u$B")))
        .isEqualTo(json("{'Env':['A=1','B=1:2'],'User':'u1:2'}"));
  }

  @Test
  void noChangesLeaveAllAsItIs() {
    assertThat(ConfigChanges.apply(json("{'User':'me'}"), List.of("")))
        .isEqualTo(json("{'User':'me'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUN x", "STOPSIGNAL INT", "SHELL [\"a\"]", "ARG a"})
  void whatIsNoneOfThemIsRefused(String instruction) {
    assertThatThrownBy(() -> ConfigChanges.apply(json("{}"), List.of(instruction)))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage(instruction.split(" ")[0] + " is not a valid change command");
  }
}
