package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The values, or with {@code -R} the lines, of all input files; with {@code -s} all in one. */
final class JqInputs implements AutoCloseable {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
          .enable(JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS)
          .build();

  /** What a value costs in memory, and each byte of its text, as a rule of thumb. */
  private static final int NODE = 64;

  private static final int MEMORY_PER_BYTE = 4;

  private static final String UNKNOWN = "<unknown>";

  private final Task task;
  private final Charge charge;
  private final boolean raw;
  private final boolean slurped;
  private final boolean streamed;
  private final Deque<JsonNode> events = new ArrayDeque<>();
  private boolean slurp;
  private final Deque<String> names;
  private Optional<JsonParser> values = Optional.empty();
  private Optional<LineReader> lines = Optional.empty();
  private Optional<Input> input = Optional.empty();
  private Optional<CountedLines> counted = Optional.empty();
  private long linesRead;
  private String current = UNKNOWN;
  private boolean failed;

  JqInputs(Task task, JqArguments arguments, Charge charge) {
    this.task = task;
    this.charge = charge;
    this.raw = arguments.has("raw-input");
    this.slurped = arguments.has("slurp");
    this.slurp = slurped;
    this.streamed = arguments.has("stream");
    this.names = new ArrayDeque<>(arguments.files().isEmpty() ? List.of("-") : arguments.files());
  }

  /** Whether a file could not be read. */
  boolean hasFailed() {
    return failed;
  }

  /** The name of the file that is read; nothing before the first one. */
  Optional<String> name() {
    return Optional.of(current).filter(it -> !it.equals(UNKNOWN));
  }

  /** How many lines of it have been read to their ends. */
  long lines() {
    return counted.map(CountedLines::lines).orElse(linesRead);
  }

  /** Where the input has come to, as errors tell it. */
  String position() {
    return current.equals(UNKNOWN) ? current : current + ":" + lines();
  }

  /** The next input; empty if there are no more. */
  Optional<JsonNode> next() throws IOException {
    if (!slurp) {
      return one();
    }
    slurp = false;
    return Optional.of(raw ? allText() : allValues());
  }

  private JsonNode allValues() throws IOException {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Optional<JsonNode> next = one(); next.isPresent(); next = one()) {
      all.add(next.get());
      task.checkpoint();
    }
    return all;
  }

  private JsonNode allText() throws IOException {
    StringBuilder text = new StringBuilder();
    while (open()) {
      text.append(Text.decode(input.orElseThrow().readAll(charge)));
      close();
    }
    return TextNode.valueOf(text.toString());
  }

  private Optional<JsonNode> one() throws IOException {
    while (input.isPresent() || open()) {
      Optional<JsonNode> next = raw ? line() : value();
      if (next.isPresent()) {
        return next;
      }
      close();
    }
    return Optional.empty();
  }

  private Optional<JsonNode> line() throws IOException {
    LineReader reader = lines.orElseThrow();
    if (!reader.next()) {
      return Optional.empty();
    }
    linesRead += reader.isTerminated() ? 1 : 0;
    return Optional.of(TextNode.valueOf(reader.text()));
  }

  private Optional<JsonNode> value() throws IOException {
    if (!events.isEmpty()) {
      return Optional.of(events.remove());
    }
    JsonParser parser = values.orElseThrow();
    long before = parser.currentLocation().getCharOffset();
    if (parser.nextToken() == null) {
      return Optional.empty();
    }
    JsonNode value = MAPPER.readTree(parser);
    long length = parser.currentLocation().getCharOffset() - before;
    charge.add(slurped ? NODE + MEMORY_PER_BYTE * length : 0);
    if (!streamed) {
      return Optional.of(value);
    }
    events.addAll(JqStream.events(value));
    return Optional.of(events.remove());
  }

  private boolean open() throws IOException {
    while (!names.isEmpty()) {
      String name = names.remove();
      try {
        Input opened = Input.open(task, name);
        input = Optional.of(opened);
        current = name.equals("-") ? "<stdin>" : name;
        lines = raw ? Optional.of(new LineReader(task, opened)) : Optional.empty();
        linesRead = 0;
        counted = raw ? Optional.empty() : Optional.of(new CountedLines(opened));
        values = Optional.empty();
        if (counted.isPresent()) {
          values =
              Optional.of(
                  MAPPER.createParser(
                      new InputStreamReader(counted.get(), StandardCharsets.UTF_8)));
        }
        return true;
      } catch (PosixException e) {
        task.complain("error: Could not open file " + name + ": " + e.getMessage());
        failed = true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    Optional<Input> closing = input;
    input = Optional.empty();
    if (closing.isPresent()) {
      closing.get().close();
    }
  }
}
