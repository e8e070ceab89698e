package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.commons.codec.binary.Base32;

/** Encodings of text that the library has not. */
final class JqText {

  private JqText() {}

  /** A text, or the JSON of another value, in base 32. */
  static List<JsonNode> toBase32(JsonNode value) {
    JsonWriter writer = new JsonWriter(Optional.empty(), false, false, false);
    String text = value.isTextual() ? value.textValue() : writer.write(value);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return List.of(TextNode.valueOf(new Base32().encodeToString(bytes)));
  }

  /** The text of these code points. */
  static List<JsonNode> implode(JsonNode value) throws JsonQueryException {
    StringBuilder text = new StringBuilder();
    if (!value.isArray()) {
      throw new JsonQueryException("implode input must be an array");
    }
    for (JsonNode point : value) {
      if (!point.isNumber() || !Character.isValidCodePoint(point.asInt())) {
        throw new JsonQueryException("Unicode codepoint must be numeric");
      }
      text.appendCodePoint(point.asInt());
    }
    return List.of(TextNode.valueOf(text.toString()));
  }

  /** The text that base 32 stands for. */
  static List<JsonNode> fromBase32(JsonNode value) throws JsonQueryException {
    Base32 base32 = new Base32();
    if (!value.isTextual() || !base32.isInAlphabet(value.textValue())) {
      throw new JsonQueryException(value + " is not valid base32 data");
    }
    byte[] bytes = base32.decode(value.textValue());
    return List.of(TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8)));
  }
}
