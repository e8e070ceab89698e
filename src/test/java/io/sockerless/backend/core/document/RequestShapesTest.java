package io.sockerless.backend.core.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.backend.core.Calls;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are dockerd 28.5's to the same documents. */
class RequestShapesTest {

  private static JsonObject create(String document) {
    return RequestShapes.document(
        Calls.body(document.replace('\'', '"')), "container.CreateRequest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Env':'x'}                         | string into Go struct field .Env of type []string",
        "{'Env':[1]}                         | number into .Env.0 of type string",
        "{'Image':5}                         | number into Go struct field .Image of type string",
        "{'Tty':'yes'}                       | string into Go struct field .Tty of type bool",
        "{'Labels':['a']}                    | array into Go struct field .Labels of type"
            + " map[string]string",
        "{'Labels':{'a':{}}}                 | object into .Labels.a of type string",
        "{'HostConfig':{'Memory':'5'}}       | string into Go struct field .HostConfig.Memory of"
            + " type int64",
        "{'HostConfig':{'Memory':1.5}}       | number 1.5 into Go struct field .HostConfig.Memory"
            + " of type int64",
        "{'HostConfig':{'CpuQuota':9223372036854775808}} | number 9223372036854775808 into"
            + " Go struct field .HostConfig.CpuQuota of type int64",
        "{'HostConfig':5}                    | number into Go struct field .HostConfig of type"
            + " container.HostConfig",
        "{'HostConfig':{'PortBindings':{'80':5}}} | number into .HostConfig.PortBindings.80 of type"
            + " []nat.PortBinding",
        "{'StopTimeout':'x'}                 | string into Go struct field .StopTimeout of type int",
        "{'Volumes':5}                       | number into Go struct field .Volumes of type"
            + " map[string]struct {}",
        "{'Healthcheck':{'Test':'x'}}        | string into Go struct field .Healthcheck.Test of"
            + " type []string",
      })
  void aValueOfTheWrongTypeIsRefused(String document, String message) {
    assertThatThrownBy(() -> create(document))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid JSON: json: cannot unmarshal " + message);
  }

  @ParameterizedTest
  @CsvSource({"application/json", "application/json; charset=utf-8", "APPLICATION/JSON"})
  void aDocumentIsJsonWhateverElseItsTypeSays(String type) {
    assertThat(typed(type)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "application/jsonx", "application/x-www-form-urlencoded"})
  void whatSaysThatItIsNoJsonIsNotRead(String type) {
    assertThatThrownBy(() -> typed(type))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("unsupported Content-Type header (" + type + "): must be 'application/json'");
  }

  @Test
  void aBodyThatDoesNotSayWhatItIsIsNotRead() {
    Call call = Call.of(Query.none()).with(Body.of("{}".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> RequestShapes.document(call, "container.CreateRequest"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("malformed Content-Type header (): mime: no media type");
    Body unknown = new Body(call.body().stream(), -1);
    assertThatThrownBy(() -> RequestShapes.document(call.with(unknown), "container.CreateRequest"))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("malformed");
  }

  @Test
  void noBodyNeedsNoType() {
    assertThatThrownBy(
            () -> RequestShapes.document(Call.of(Query.none()), "container.CreateRequest"))
        .hasMessage("invalid JSON: got EOF while reading request body");
  }

  private static JsonObject typed(String type) {
    return RequestShapes.document(
        Calls.body("{}").withHeader("Content-Type", type), "container.CreateRequest");
  }

  @Test
  void aFieldIsFoundWhateverTheCaseOfItsName() {
    assertThat(create("{'image':'x','HOSTCONFIG':{'privileged':true}}"))
        .isEqualTo(create("{'Image':'x','HostConfig':{'Privileged':true}}"));
  }

  @Test
  void aCommandMayBeOneText() {
    assertThat(create("{'Cmd':'x','Entrypoint':['y']}").getString("Cmd")).isEqualTo("x");
  }

  @Test
  void integersOfEverySizeAreTaken() {
    String sizes =
        "{'HostConfig':{'ConsoleSize':[24,80],'BlkioWeight':65535,'PidsLimit':-1,"
            + "'IOMaximumIOps':18446744073709551615,"
            + "'Mounts':[{'TmpfsOptions':{'Mode':4294967295}}]}}";
    assertThat(create(sizes)).isEqualTo(Body.parse(bytes(sizes.replace('\'', '"'))));
  }

  @Test
  void whatNobodyKnowsStays() {
    String odd = "{'Odd':{'a':[1,null]},'HostConfig':{'Strange':1.5,'Binds':null}}";
    assertThat(create(odd)).isEqualTo(Body.parse(bytes(odd.replace('\'', '"'))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Healthcheck':{'Test':['NONE'],'Timeout':null}} | {'Healthcheck':{'Test':['NONE']}}",
        "{'HostConfig':{'Mounts':[{'Target':'/a','Source':null,'TmpfsOptions':{'Mode':null}}]}}"
            + " | {'HostConfig':{'Mounts':[{'Target':'/a','TmpfsOptions':{}}]}}",
        "{'HostConfig':{'Links':null},'Volumes':{'/v':null}}"
            + " | {'HostConfig':{'Links':null},'Volumes':{'/v':null}}",
      })
  void nullIsLeftOutWhereDockerShowsNothing(String given, String kept) {
    assertThat(create(given)).hasToString(kept.replace('\'', '"'));
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThatThrownBy(() -> Body.parse(bytes("{} {}")))
        .isInstanceOf(EngineException.InvalidParameter.class);
    assertThat(Body.parse(bytes("{} \n"))).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void nullIsADocumentThatSaysNothingAndNothingIsNone() {
    assertThat(create("null")).isEmpty();
    assertThatThrownBy(() -> create(""))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessage("invalid JSON: got EOF while reading request body");
    assertThatThrownBy(() -> create("[]"))
        .hasMessage(
            "invalid JSON: json: cannot unmarshal array into Go value of type"
                + " container.CreateRequest");
  }
}
