package io.sockerless.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Body;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The JSON of a line. */
class AuditLineTest {

  @Test
  void fieldsStandInTheirOrder() {
    AuditLine line =
        new AuditLine()
            .add("text", "a")
            .add("number", -3)
            .add("list", List.of("x", "y"))
            .add("empty", List.of())
            .add("object", new AuditLine().add("in", "side"))
            .add("nothing", new AuditLine());

    assertThat(line)
        .hasToString(
            "{\"text\":\"a\",\"number\":-3,\"list\":[\"x\",\"y\"],\"empty\":[],"
                + "\"object\":{\"in\":\"side\"},\"nothing\":{}}");
  }

  @Test
  void whatAClientWroteEndsNoLine() {
    assertThat(new AuditLine().add("a\n", "b\r\n\"\\\u0000[{"))
        .hasToString("{\"a\\u000a\":\"b\\u000d\\u000a\\\"\\\\\\u0000[{\"}");
  }

  @Property
  void anyTextIsReadAgainAsItIs(@ForAll String text, @ForAll List<String> texts) {
    String well = wellFormed(text);
    List<String> wells = texts.stream().map(AuditLineTest::wellFormed).toList();
    String written = new AuditLine().add("text", well).add("texts", wells).toString();

    JsonObject expected =
        JsonBuilders.object().add("text", well).add("texts", JsonBuilders.array(wells)).build();
    assertThat(Body.parse(written.getBytes(StandardCharsets.UTF_8))).isEqualTo(expected);
  }

  /** Half a surrogate pair is no character, and has no bytes. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
