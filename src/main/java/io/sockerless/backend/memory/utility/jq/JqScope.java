package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.TimeZones;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * The functions and variables that a filter sees. All functions of the library can be stopped;
 * those that would reach the server's own environment or streams are replaced.
 */
final class JqScope {

  private JqScope() {}

  /** What a function does with its input; the arguments are evaluated by itself. */
  @FunctionalInterface
  private interface Body {
    void apply(Scope scope, List<Expression> arguments, JsonNode input, PathOutput output)
        throws IOException;
  }

  /**
   * The scope of one run.
   *
   * @param output flushed before anything is written to standard error
   */
  static Scope create(Task task, Output output, JqArguments arguments, JqInputs inputs) {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance()
        .listFunctions(JqScope.class.getClassLoader(), Versions.JQ_1_6, scope)
        .forEach((name, function) -> scope.addFunction(name, stoppable(task, function)));
    ObjectNode environment = JsonNodeFactory.instance.objectNode();
    task.environment().forEach(environment::put);
    scope.setValue("ENV", environment);
    addVariables(scope, arguments);
    add(scope, "env/0", (s, a, input, out) -> out.emit(environment, null));
    add(scope, "input/0", (s, a, input, out) -> out.emit(next(inputs), null));
    add(
        scope,
        "inputs/0",
        (s, a, input, out) -> {
          for (Optional<JsonNode> next = inputs.next(); next.isPresent(); next = inputs.next()) {
            out.emit(next.get(), null);
          }
        });
    add(scope, "input_filename/0", (s, a, input, out) -> out.emit(name(inputs), null));
    add(
        scope,
        "input_line_number/0",
        (s, a, input, out) -> out.emit(LongNode.valueOf(inputs.lines()), null));
    addErrors(scope, task, output);
    addValues(scope, task);
    return scope;
  }

  private static void addVariables(Scope scope, JqArguments arguments) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("positional", arguments.positional());
    ObjectNode named = all.putObject("named");
    arguments
        .named()
        .forEach((name, value) -> {
          scope.setValue(name, value);
          named.set(name, value);
        });
    scope.setValue("ARGS", all);
  }

  private static void addErrors(Scope scope, Task task, Output output) {
    JsonWriter compact = new JsonWriter(Optional.empty(), false, false, false);
    add(
        scope,
        "debug/0",
        (s, a, input, out) -> {
          complain(task, output, "[\"DEBUG:\"," + compact.write(input) + "]\n");
          out.emit(input, null);
        });
    add(
        scope,
        "stderr/0",
        (s, a, input, out) -> {
          complain(task, output, compact.write(input));
          out.emit(input, null);
        });
    add(
        scope,
        "halt/0",
        (s, a, input, out) -> {
          throw new JqHalt(0);
        });
    add(scope, "halt_error/0", (s, a, input, out) -> halt(task, output, compact, input, 5));
    add(
        scope,
        "halt_error/1",
        (s, a, input, out) ->
            a.getFirst()
                .apply(s, input, code -> halt(task, output, compact, input, code.asInt(5))));
  }

  /** Functions of a value that the library has not. */
  private static void addValues(Scope scope, Task task) {
    JqTimes times = new JqTimes(TimeZones.of(task));
    Map<String, JqTimes.Conversion> conversions =
        Map.of(
            "gmtime/0", times::toUtc,
            "localtime/0", times::toLocal,
            "mktime/0", times::toSeconds,
            "@base32/0", JqText::toBase32,
            "@base32d/0", JqText::fromBase32,
            "implode/0", JqText::implode,
            "tostream/0", JqStream::events);
    conversions.forEach((name, conversion) ->
        add(
            scope,
            name,
            (s, a, input, out) -> {
              for (JsonNode value : conversion.apply(input)) {
                out.emit(value, null);
              }
            }));
    Map<String, JqTimes.Formatting> formattings =
        Map.of(
            "strftime/1", times::formatUtc,
            "strflocaltime/1", times::formatLocal,
            "strptime/1", times::parse);
    formattings.forEach((name, formatting) ->
        add(
            scope,
            name,
            (s, a, input, out) ->
                a.getFirst()
                    .apply(s, input, format -> out.emit(formatting.apply(input, format), null))));
  }

  private static void halt(Task task, Output output, JsonWriter writer, JsonNode input, int code)
      throws JsonQueryException {
    try {
      String text = input.isNull() ? "" : writer.write(input) + "\n";
      complain(task, output, input.isTextual() ? input.textValue() : text);
    } catch (JsonQueryException e) {
      throw e;
    } catch (IOException e) {
      throw new JsonQueryException(e);
    }
    throw new JqHalt(code & 0xff);
  }

  private static void complain(Task task, Output output, String text) throws IOException {
    output.flush();
    task.error().write(Text.encode(text));
  }

  private static JsonNode next(JqInputs inputs) throws IOException {
    Optional<JsonNode> next = inputs.next();
    if (next.isEmpty()) {
      throw new JsonQueryException("No more inputs");
    }
    return next.get();
  }

  private static JsonNode name(JqInputs inputs) {
    return inputs.name().<JsonNode>map(TextNode::valueOf).orElse(NullNode.getInstance());
  }

  private static void add(Scope scope, String name, Body body) {
    scope.addFunction(
        name,
        new Function() {
          @Override
          public void apply(
              Scope inner,
              List<Expression> arguments,
              JsonNode input,
              Path path,
              PathOutput output,
              Version version)
              throws JsonQueryException {
            try {
              body.apply(inner, arguments, input, output);
            } catch (JsonQueryException e) {
              throw e;
            } catch (IOException e) {
              throw new JsonQueryException(e);
            }
          }
        });
  }

  private static Function stoppable(Task task, Function function) {
    return (scope, arguments, input, path, output, version) -> {
      task.checkpoint();
      function.apply(scope, arguments, input, path, output, version);
    };
  }
}
