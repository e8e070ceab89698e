package io.sockerless.backend.core.dockerfile;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts an instruction's arguments. */
final class Words {

  private Words() {}

  /** Words apart by blanks that are not quoted; quotes and escapes stay in them. */
  static List<String> split(String text, char escape) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
        continue;
      }
      if (c == escape) {
        if (i + 1 < text.length()) {
          word.append(c).append(text.charAt(++i));
        }
        continue;
      }
      if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
      }
      word.append(c);
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  /** Words apart by any blanks. */
  static List<String> blankSeparated(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /**
   * The texts of a JSON array; empty if it is none, and its words mean what they say. What follows
   * the array does not count.
   *
   * @throws DockerfileException for an array of anything but texts
   */
  static Optional<List<String>> json(String text) {
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    JsonArray array;
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      parser.next();
      array = parser.getArray();
    } catch (JsonException | IllegalStateException e) {
      return Optional.empty();
    }
    if (!array.stream().allMatch(JsonString.class::isInstance)) {
      throw DockerfileException.ofSyntax(
          "when using JSON array syntax, arrays must be comprised of strings only");
    }
    return Optional.of(array.getValuesAs(JsonString::getString));
  }
}
