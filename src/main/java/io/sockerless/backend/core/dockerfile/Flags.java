package io.sockerless.backend.core.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of one instruction. */
final class Flags {

  private final Map<String, List<String>> values = new HashMap<>();

  /** What an instruction's arguments begin with, and what remains. */
  record Split(List<String> flags, String rest) {}

  /** Takes the options from the beginning of an instruction's arguments. */
  static Split split(String text, char escape) {
    List<String> flags = new ArrayList<>();
    int position = 0;
    while (true) {
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
      if (!text.startsWith("--", position)) {
        return new Split(List.copyOf(flags), text.substring(position));
      }
      StringBuilder flag = new StringBuilder();
      position = word(text, position, escape, flag);
      if (flag.toString().equals("--")) {
        return new Split(List.copyOf(flags), text.substring(position));
      }
      flags.add(flag.toString());
    }
  }

  /** Reads one word without its quotes; answers where it ends. */
  private static int word(String text, int start, char escape, StringBuilder word) {
    char quote = 0;
    int i = start;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        return i;
      }
      if (c == escape && i + 1 < text.length()) {
        word.append(text.charAt(++i));
      } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote == 0 ? c : 0;
      } else {
        word.append(c);
      }
    }
    return i;
  }

  /**
   * Reads options.
   *
   * @param valued those that need a value
   * @param plain those that are true where they stand
   * @param repeated those of {@code valued} that may stand more than once
   */
  static Flags parse(
      List<String> flags, Set<String> valued, Set<String> plain, Set<String> repeated) {
    Flags parsed = new Flags();
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      String name = flag.substring(2, equals < 0 ? flag.length() : equals);
      if (!valued.contains(name) && !plain.contains(name)) {
        throw DockerfileException.ofInstruction("Unknown flag: " + name);
      }
      List<String> present = parsed.values.computeIfAbsent(name, _ -> new ArrayList<>());
      if (!present.isEmpty() && !repeated.contains(name)) {
        throw DockerfileException.ofInstruction("Duplicate flag specified: " + name);
      }
      if (equals < 0 && valued.contains(name)) {
        throw DockerfileException.ofInstruction("Missing a value on flag: " + name);
      }
      present.add(equals < 0 ? "true" : value(name, flag.substring(equals + 1), plain));
    }
    return parsed;
  }

  private static String value(String name, String value, Set<String> plain) {
    if (plain.contains(name) && !value.equals("true") && !value.equals("false")) {
      throw DockerfileException.ofInstruction(
          "Expecting boolean value for flag " + name + ", not: " + value);
    }
    return value;
  }

  /** An option's value, empty if it is not there. */
  String text(String name) {
    return find(name).orElse("");
  }

  Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  /** The values of an option that may stand more than once. */
  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }
}
