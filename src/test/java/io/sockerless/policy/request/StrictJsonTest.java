package io.sockerless.policy.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,}",
        "{\"a\":1}x",
        "{\"a\":1} {}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"A\":1}",
        "{\"k\":1,\"\u212a\":1}",
        "{\"x\":[{\"a\":1,\"A\":1}]}",
        "{\"Labels\":{\"a\":\"\",\"a\":\"\"}}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udc00\":1}",
        "\ufeff{}"
      })
  void whatCanBeReadInTwoWaysIsRefused(String text) {
    assertThatThrownBy(() -> StrictJson.parse(utf8(text)))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageStartingWith("invalid JSON: ");
  }

  @Test
  void anotherEncodingIsRefused() {
    assertThatThrownBy(() -> StrictJson.parse("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(EngineException.InvalidParameter.class);
    assertThatThrownBy(() -> StrictJson.parse(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}))
        .isInstanceOf(EngineException.InvalidParameter.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void aDeepDocumentIsRefusedBeforeItsEnd(String opening) {
    assertThatThrownBy(() -> StrictJson.parse(utf8(opening.repeat(10_000))))
        .isInstanceOf(EngineException.InvalidParameter.class)
        .hasMessageContaining("nested deeper");
  }

  @Test
  void keysThatAreDataMayDifferInCase() {
    assertThat(StrictJson.parse(utf8("{\"Labels\":{\"a\":\"1\",\"A\":\"2\"}}")).asJsonObject())
        .isEqualTo(Body.parse(utf8("{\"Labels\":{\"a\":\"1\",\"A\":\"2\"}}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"binds", "BINDS", "bInds", "bind\u017f", "b\u0130nds", "b\u0131nds"})
  void aFieldIsFoundHoweverItsKeyIsWritten(String key) {
    assertThat(new Fields(Json.createObjectBuilder().add(key, "x").build()).text("Binds"))
        .isEqualTo("x");
    assertThat(StrictJson.fold(key)).isEqualTo("binds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bind", "Bindss", "Bindt", "\ud801\udc00nds"})
  void anotherKeyIsNotAField(String key) {
    assertThat(new Fields(Json.createObjectBuilder().add(key, "x").build()).text("Binds"))
        .isEmpty();
  }

  @Property(tries = 200)
  void whatIsReadIsWhatAnybodyReads(
      @ForAll @Size(max = 8)
          Map<@AlphaChars @StringLength(min = 1, max = 1) String, @StringLength(max = 5) String>
              fields,
      @ForAll @Size(max = 5) List<Integer> numbers) {
    JsonObjectBuilder labels = Json.createObjectBuilder();
    fields.forEach((key, value) -> {
      if (StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
        labels.add(key, value);
      }
    });
    JsonObject document =
        Json.createObjectBuilder()
            .add("Labels", labels)
            .add("Numbers", Json.createArrayBuilder(numbers))
            .build();

    assertThat(StrictJson.parse(utf8(document.toString()))).isEqualTo(document);
  }
}
