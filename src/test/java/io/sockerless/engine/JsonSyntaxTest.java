package io.sockerless.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of Go 1.19's decoder for the same documents. */
class JsonSyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{invalid json  | invalid character 'i' looking for beginning of object key string",
        "nope           | invalid character 'o' in literal null (expecting 'u')",
        "x              | invalid character 'x' looking for beginning of value",
        "{\"a\" 1}    | invalid character '1' after object key",
        "{\"a\":1 \"b\"} | invalid character '\"' after object key:value pair",
        "[1 2]          | invalid character '2' after array element",
        "[1,]           | invalid character ']' looking for beginning of value",
        "{\"a\":}     | invalid character '}' looking for beginning of value",
        "\"\\x\"    | invalid character 'x' in string escape code",
        "\"\\u12g\" | invalid character 'g' in \\u hexadecimal character escape",
        "-x             | invalid character 'x' in numeric literal",
        "1.x            | invalid character 'x' after decimal point in numeric literal",
        "1ex            | invalid character 'x' in exponent of numeric literal",
        "'              | invalid character '\\'' looking for beginning of value",
        "{\"a\":      | unexpected EOF",
        "[01]           | invalid character '1' after array element",
      })
  void whatIsWrongIsToldAsGoTellsIt(String document, String problem) {
    assertThat(JsonSyntax.problem(document.getBytes(StandardCharsets.UTF_8)))
        .contains("invalid JSON: " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} x", "{}{}", "1 2", "null,"})
  void oneValueIsEnough(String document) {
    assertThat(JsonSyntax.problem(document.getBytes(StandardCharsets.UTF_8)))
        .contains("unexpected content after JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " {\"a\" : [1, -0.5e+3, true, null, \"\\u00e4\\n\", {}], \"b\":[]} ",
        "\"ä\"",
        "0"
      })
  void nothingIsWrongWithAValue(String document) {
    assertThat(JsonSyntax.problem(document.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
