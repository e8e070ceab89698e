package io.sockerless.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Answer;
import io.sockerless.wire.Headers;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {

  private static final String ID = "0123456789abcdef".repeat(4);

  private static Description of(String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return Description.of(
        new Answer(
            200,
            "OK",
            Headers.of("Server", "Docker"),
            new ByteArrayInputStream(bytes),
            bytes.length,
            () -> {}));
  }

  @Test
  void theIdThatADocumentBeginsWithIsFoundWithoutReadingOn() {
    assertThat(of("{\"Id\":\"" + ID + "\", this is no JSON").leadingId()).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"Id\":\"",
        "{\"Id\":\"0123\",\"Name\":\"/long enough to hold an id, but it is none of the length\"}",
        "{\"Id\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0\",\"N\":1}",
        "{\"Name\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"N\":1}",
        "{\"Id\":\"sha256:789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"N\":1}"
      })
  void whatBeginsOtherwiseMustBeReadWhole(String document) {
    assertThat(of(document).leadingId()).isEmpty();
  }

  @Test
  void aDocumentOfThisProcessIsNotWrittenDownToBeUnderstood() {
    JsonObject document = Json.createObjectBuilder().add("Name", "x").add("Id", ID).build();
    Description description = Description.of(Answer.json(200, document));

    assertThat(description.leadingId()).contains(ID);
    assertThat(description.document()).isSameAs(document);
    assertThat(description.again().length()).isEqualTo(document.toString().length() + 1L);
    assertThat(description.again().bytes()).asString().isEqualTo(document + "\n");
  }

  @Test
  void theAnswerIsGivenAgainByteForByte() {
    String document = "{ \"Id\" : \"x\" , \"SizeRw\" : 1.0e2 }\n";
    Answer again = of(document).again();

    assertThat(again.headers().first("Server")).contains("Docker");
    assertThat(again.bytes()).isEqualTo(document.getBytes(StandardCharsets.UTF_8));
  }
}
