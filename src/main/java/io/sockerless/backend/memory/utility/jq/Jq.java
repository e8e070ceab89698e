package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * {@code jq}: filters JSON.
 *
 * @see <a href="https://jqlang.org/manual/v1.6/">jq 1.6 Manual</a>
 */
public final class Jq extends Utility {

  /** Functions of jq 1.6 that the library has not, and those of 1.7 and 1.8 that scripts use. */
  private static final String DEFINITIONS =
      """
      def repeat(f): def _repeat: ., (f | _repeat); _repeat;
      def isempty(g): first((g | false), true);
      def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");
      def todate: todateiso8601;
      def dateadd(u; n): . + n;
      def datesub(u; n): . - n;
      def fromdate: fromdateiso8601;
      def IN(s): any(s == .; .);
      def IN(source; s): any(source == s; .);
      def INDEX(stream; f): reduce stream as $row ({}; .[$row | f | tostring] |= $row);
      def INDEX(f): INDEX(.[]; f);
      def date: todate;
      def fromstream(f): {x: null, e: false} as $init
        | foreach f as $i ($init;
            if .e then $init else . end
            | if $i | length == 2
              then setpath(["e"]; $i[0] | length == 0) | setpath(["x"] + $i[0]; $i[1])
              else setpath(["e"]; $i[0] | length == 1) end;
            if .e then .x else empty end);
      def truncate_stream(stream): . as $n | null | stream
        | . as $input | if (.[0] | length) > $n then setpath([0]; .[0][$n:]) else empty end;
      def fabs: if . < 0 then -. else . end;
      def bsearch($target):
        if length == 0 then -1
        else {low: 0, high: (length - 1), at: null} as $init | . as $in
          | last($init | recurse(
              if .at == null and .low <= .high
              then (((.low + .high) / 2) | floor) as $mid
                | if $in[$mid] == $target then .at = $mid
                  elif $in[$mid] < $target then .low = $mid + 1
                  else .high = $mid - 1 end
              else empty end))
          | if .at != null then .at else -1 - .low end
        end;
      def logb: if . == 0 then -infinite else fabs | log2 | floor end;
      def significand: if . == 0 then 0 else . / pow(2; fabs | logb) end;
      def trunc: if . < 0 then ceil else floor end;
      def ldexp(x; e): x * pow(2; e);
      def scalb(x; e): ldexp(x; e);
      def pick(paths): . as $all
        | reduce path(paths) as $path (null; setpath($path; $all | getpath($path)));
      def debug(message): (message | debug | empty), .;
      def abs: if type != "number" then error("\\(type) (\\(tojson)) has no absolute value")
        elif . < 0 then -. else . end;
      def toarray: if type == "array" then . else [.] end;
      def ltrim: sub("^\\\\s+"; "");
      def rtrim: sub("\\\\s+$"; "");
      def trim: ltrim | rtrim;
      def trimstr($text): ltrimstr($text) | rtrimstr($text);
      def add(f): reduce f as $x (null; . + $x);
      def skip($n; f): if $n > 0 then foreach f as $x ($n; . - 1; if . < 0 then $x else empty end)
        else f end;
      def have_literal_numbers: true;
      def have_decnum: false;
      """;

  private static final Pattern UNDEFINED =
      Pattern.compile("Function (\\S+) does not exist|(\\$\\S+) is not defined");

  /** The library names the index' type, which jq does not. */
  private static final Pattern LIBRARYS_INDEX =
      Pattern.compile("^(Cannot index \\w+ with) string \"");

  private static final int INVALID_INPUT = 2;
  private static final int INVALID_FILTER = 3;
  private static final int NO_OUTPUT = 4;
  private static final int ERROR = 5;

  @Override
  protected int run(Task task, Output output) throws IOException {
    JqArguments arguments = JqArguments.parse(task);
    if (arguments.has("version")) {
      output.printLine("jq-1.6");
      return 0;
    }
    try (Charge charge = new Charge(task);
        JqInputs inputs = new JqInputs(task, arguments, charge)) {
      Scope scope = JqScope.create(task, output, arguments, inputs);
      JsonQuery query;
      try {
        query = compile(arguments.filter());
      } catch (JsonQueryException e) {
        task.complain("error: " + e.getMessage());
        task.complain("1 compile error");
        return INVALID_FILTER;
      }
      return new Run(task, output, arguments, inputs, scope, query).run();
    } catch (JqHalt halt) {
      return halt.code();
    }
  }

  /** Compiles a filter; on its own first, so that an error tells nothing of what is added. */
  private static JsonQuery compile(String filter) throws JsonQueryException {
    String whole = filter.isBlank() ? "." : filter;
    String rewritten = JqSyntax.rewrite(whole);
    JsonQuery.compile(rewritten, Versions.JQ_1_6);
    return JsonQuery.compile(DEFINITIONS + "(" + rewritten + "\n)", Versions.JQ_1_6);
  }

  private static final class Run {
    private final Task task;
    private final Output output;
    private final JqArguments arguments;
    private final JqInputs inputs;
    private final Scope scope;
    private final JsonQuery query;
    private final JsonWriter writer;
    private Optional<JsonNode> last = Optional.empty();
    private int code;

    Run(
        Task task,
        Output output,
        JqArguments arguments,
        JqInputs inputs,
        Scope scope,
        JsonQuery query) {
      this.task = task;
      this.output = output;
      this.arguments = arguments;
      this.inputs = inputs;
      this.scope = scope;
      this.query = query;
      this.writer = arguments.writer();
    }

    int run() throws IOException {
      try {
        if (arguments.has("null-input")) {
          filter(NullNode.getInstance());
        } else {
          for (Optional<JsonNode> next = inputs.next(); next.isPresent(); next = inputs.next()) {
            filter(next.get());
          }
        }
      } catch (JqHalt halt) {
        throw halt;
      } catch (JsonProcessingException e) {
        output.flush();
        String place =
            Optional.ofNullable(e.getLocation())
                .map(it -> " at line " + it.getLineNr() + ", column " + it.getColumnNr())
                .orElse("");
        String words = "parse error: " + e.getOriginalMessage().lines().findFirst().orElse("");
        task.error().write(Text.encode(words + place + "\n"));
        return INVALID_INPUT;
      }
      if (code == 0 && inputs.hasFailed()) {
        return INVALID_INPUT;
      }
      return code == 0 && arguments.has("exit-status") ? status() : code;
    }

    private int status() {
      if (last.isEmpty()) {
        return NO_OUTPUT;
      }
      JsonNode node = last.get();
      return node.isNull() || (node.isBoolean() && !node.booleanValue()) ? 1 : 0;
    }

    private void filter(JsonNode input) throws IOException {
      try {
        query.apply(scope, input, this::print);
        code = 0;
      } catch (JqHalt halt) {
        output.flush();
        throw halt;
      } catch (JsonQueryException e) {
        if (e.getCause() instanceof PosixException failure) {
          throw failure;
        }
        output.flush();
        Optional<String> undefined = undefined(String.valueOf(e.getMessage()));
        if (undefined.isPresent()) {
          throw new Failure(
              INVALID_FILTER,
              "error: " + undefined.get() + " is not defined at <top-level>\njq: 1 compile error");
        }
        String words = LIBRARYS_INDEX.matcher(String.valueOf(e.getMessage())).replaceFirst("$1 \"");
        task.complain("error (at " + inputs.position() + "): " + words);
        code = ERROR;
      }
    }

    /** The library looks names up when they are needed; jq does it before anything runs. */
    private static Optional<String> undefined(String message) {
      Matcher matcher = UNDEFINED.matcher(message);
      return matcher.matches()
          ? Optional.of(matcher.group(matcher.group(1) == null ? 2 : 1))
          : Optional.empty();
    }

    private void print(JsonNode node) throws JsonQueryException {
      task.checkpoint();
      last = Optional.of(node);
      try {
        if (arguments.has("seq")) {
          output.write(0x1e);
        }
        boolean raw =
            arguments.has("raw-output")
                || arguments.has("join-output")
                || arguments.has("raw-output0");
        output.print(raw && node.isTextual() ? node.textValue() : writer.write(node));
        output.print(terminator());
      } catch (IOException e) {
        throw new JsonQueryException(e);
      }
    }

    private String terminator() {
      return arguments.has("raw-output0") ? "\0" : arguments.has("join-output") ? "" : "\n";
    }
  }
}
