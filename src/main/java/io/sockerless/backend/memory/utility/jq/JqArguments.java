package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code jq} was called with; options may stand anywhere. */
final class JqArguments {

  private static final int USAGE = 2;

  private static final Map<Character, String> LETTERS =
      Map.ofEntries(
          Map.entry('r', "raw-output"),
          Map.entry('c', "compact-output"),
          Map.entry('n', "null-input"),
          Map.entry('e', "exit-status"),
          Map.entry('s', "slurp"),
          Map.entry('R', "raw-input"),
          Map.entry('S', "sort-keys"),
          Map.entry('a', "ascii-output"),
          Map.entry('j', "join-output"),
          Map.entry('C', "color-output"),
          Map.entry('M', "monochrome-output"),
          Map.entry('f', "from-file"),
          Map.entry('b', "binary"),
          Map.entry('V', "version"));

  private static final Set<String> NAMES =
      Set.of(
          "raw-output0",
          "binary",
          "tab",
          "indent",
          "arg",
          "argjson",
          "slurpfile",
          "rawfile",
          "args",
          "jsonargs",
          "seq",
          "stream",
          "version",
          "unbuffered");

  private final Task task;
  private final Deque<String> words;
  private final Set<String> options = new HashSet<>();
  private final Map<String, JsonNode> named = new LinkedHashMap<>();
  private final ArrayNode positional = JsonNodeFactory.instance.arrayNode();
  private final List<String> operands = new ArrayList<>();
  private String filter = "";
  private int indent = 2;

  private JqArguments(Task task) {
    this.task = task;
    this.words = new ArrayDeque<>(task.arguments().subList(1, task.arguments().size()));
  }

  static JqArguments parse(Task task) throws IOException {
    JqArguments arguments = new JqArguments(task);
    arguments.parse();
    return arguments;
  }

  private void parse() throws IOException {
    String rest = "";
    boolean optionsEnded = false;
    boolean filterFound = false;
    while (!words.isEmpty()) {
      String word = words.remove();
      if (!optionsEnded && word.equals("--")) {
        optionsEnded = true;
      } else if (!optionsEnded && word.startsWith("--")) {
        option(word.substring(2));
        rest = word.equals("--args") || word.equals("--jsonargs") ? word : rest;
      } else if (!optionsEnded && word.matches("-[^0-9(].*")) {
        letters(word);
      } else if (!filterFound) {
        filter = word;
        filterFound = true;
      } else if (rest.isEmpty()) {
        operands.add(word);
      } else {
        positional.add(rest.equals("--args") ? TextNode.valueOf(word) : json(word, rest));
      }
    }
    if (has("from-file") && !filterFound) {
      throw new Failure(USAGE, "no filter given");
    }
    if (has("from-file")) {
      filter = Text.decode(read(filter));
    }
  }

  private void letters(String word) throws Failure {
    for (char letter : word.substring(1).toCharArray()) {
      String name = LETTERS.get(letter);
      if (name == null) {
        throw new Failure(USAGE, "Unknown arguments: " + word);
      }
      options.add(name);
    }
  }

  private void option(String name) throws IOException {
    if (!NAMES.contains(name) && !LETTERS.containsValue(name)) {
      throw new Failure(USAGE, "Unknown arguments: --" + name);
    }
    options.add(name);
    switch (name) {
      case "indent" -> indent = indent(value(name));
      case "arg" -> named.put(value(name), TextNode.valueOf(value(name)));
      case "argjson" -> named.put(value(name), json(value(name), "--argjson"));
      case "rawfile" -> named.put(value(name), TextNode.valueOf(Text.decode(read(value(name)))));
      case "slurpfile" -> named.put(value(name), all(value(name)));
      default -> {}
    }
  }

  private static int indent(String text) throws Failure {
    if (!text.matches("[0-7]")) {
      throw new Failure(USAGE, "Cannot indent more than 7 characters");
    }
    return text.charAt(0) - '0';
  }

  private String value(String option) throws Failure {
    if (words.isEmpty()) {
      throw new Failure(USAGE, "--" + option + " takes more parameters");
    }
    return words.remove();
  }

  private static JsonNode json(String text, String option) throws Failure {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw (Failure) new Failure(USAGE, "Invalid JSON text passed to " + option).initCause(e);
    }
  }

  private byte[] read(String name) throws IOException {
    try (Input input = Input.of(task, name);
        Charge charge = new Charge(task)) {
      return input.readAll(charge);
    } catch (PosixException e) {
      throw Failure.of(USAGE, "error: Could not open file " + name, e);
    }
  }

  private JsonNode all(String name) throws IOException {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    ObjectMapper mapper = new ObjectMapper();
    try (JsonParser values = mapper.createParser(read(name))) {
      while (values.nextToken() != null) {
        all.add(mapper.<JsonNode>readTree(values));
      }
    }
    return all;
  }

  boolean has(String option) {
    return options.contains(option);
  }

  String filter() {
    return filter;
  }

  List<String> files() {
    return operands;
  }

  Map<String, JsonNode> named() {
    return named;
  }

  ArrayNode positional() {
    return positional;
  }

  JsonWriter writer() {
    String unit = has("tab") ? "\t" : " ".repeat(indent);
    return new JsonWriter(
        has("compact-output") || unit.isEmpty() ? Optional.empty() : Optional.of(unit),
        has("sort-keys"),
        has("ascii-output"),
        has("color-output") && !has("monochrome-output"));
  }
}
