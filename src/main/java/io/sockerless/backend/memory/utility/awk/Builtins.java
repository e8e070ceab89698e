package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** The functions that {@code awk} has itself. */
final class Builtins {

  private final Machine machine;
  private final Evaluator evaluator;
  private Random random = new Random(0);
  private double seed;

  Builtins(Machine machine, Evaluator evaluator) {
    this.machine = machine;
    this.evaluator = evaluator;
  }

  Value call(String name, List<Expression> arguments) throws IOException {
    return switch (name) {
      case "length" -> length(arguments);
      case "substr" -> substring(arguments);
      case "index" -> Value.of(index(text(arguments, 0), text(arguments, 1)));
      case "split" -> split(arguments);
      case "sub" -> substitute(arguments, false);
      case "gsub" -> substitute(arguments, true);
      case "gensub" -> generalSubstitute(arguments);
      case "match" -> match(arguments);
      case "sprintf" -> Value.of(evaluator.format(arguments));
      case "tolower" -> Value.of(text(arguments, 0).toLowerCase(Locale.ROOT));
      case "toupper" -> Value.of(text(arguments, 0).toUpperCase(Locale.ROOT));
      case "system" -> Value.of(machine.streams().system(text(arguments, 0)));
      case "close" -> Value.of(machine.streams().close(text(arguments, 0)));
      case "fflush" -> {
        machine.streams().flush();
        yield Value.ZERO;
      }
      case "srand" -> seed(arguments);
      case "rand" -> Value.of(random.nextDouble());
      case "systime" -> Value.of((double) Instant.now().getEpochSecond());
      case "strftime" -> time(arguments);
      default -> Value.of(arithmetic(name, arguments));
    };
  }

  private Expression argument(List<Expression> arguments, int index) throws Failure {
    if (index >= arguments.size()) {
      throw new Failure("Too few arguments");
    }
    return arguments.get(index);
  }

  private String text(List<Expression> arguments, int index) throws IOException {
    return evaluator.text(argument(arguments, index));
  }

  private double number(List<Expression> arguments, int index) throws IOException {
    return evaluator.number(argument(arguments, index));
  }

  private double arithmetic(String name, List<Expression> arguments) throws IOException {
    double first = number(arguments, 0);
    return switch (name) {
      case "sin" -> Math.sin(first);
      case "cos" -> Math.cos(first);
      case "exp" -> Math.exp(first);
      case "log" -> Math.log(first);
      case "sqrt" -> Math.sqrt(first);
      case "int" -> first < 0 ? Math.ceil(first) : Math.floor(first);
      case "compl" -> (double) ~(long) first;
      case "atan2" -> Math.atan2(first, number(arguments, 1));
      case "and" -> (double) ((long) first & (long) number(arguments, 1));
      case "or" -> (double) ((long) first | (long) number(arguments, 1));
      case "xor" -> (double) ((long) first ^ (long) number(arguments, 1));
      case "lshift" -> (double) ((long) first << (long) number(arguments, 1));
      case "rshift" -> (double) ((long) first >>> (long) number(arguments, 1));
      default -> throw new IllegalStateException(name);
    };
  }

  private Value seed(List<Expression> arguments) throws IOException {
    double previous = seed;
    seed = arguments.isEmpty() ? (double) Instant.now().getEpochSecond() : number(arguments, 0);
    random = new Random((long) seed);
    return Value.of(previous);
  }

  private Value length(List<Expression> arguments) throws IOException {
    if (!arguments.isEmpty()
        && arguments.getFirst() instanceof Expression.Variable variable
        && evaluator.slot(variable).isArray()) {
      return Value.of(evaluator.array(variable).size());
    }
    String text =
        arguments.isEmpty() ? evaluator.text(machine.fields().get(0)) : text(arguments, 0);
    return Value.of(text.codePointCount(0, text.length()));
  }

  private static int index(String text, String part) {
    int index = text.indexOf(part);
    return index < 0 || part.isEmpty() ? 0 : text.codePointCount(0, index) + 1;
  }

  private Value substring(List<Expression> arguments) throws IOException {
    String text = text(arguments, 0);
    double start = Math.rint(number(arguments, 1));
    int size = text.codePointCount(0, text.length());
    double end =
        arguments.size() > 2 ? start + Math.rint(number(arguments, 2)) : Double.POSITIVE_INFINITY;
    int from = (int) Math.clamp(start - 1, 0, size);
    int to = (int) Math.clamp(end - 1, 0, size);
    if (Double.isNaN(start) || Double.isNaN(end) || to <= from) {
      return Value.of("");
    }
    return Value.of(
        text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to)));
  }

  private Value split(List<Expression> arguments) throws IOException {
    String text = text(arguments, 0);
    if (!(argument(arguments, 1) instanceof Expression.Variable variable)) {
      throw new Failure("split's second argument is no array");
    }
    List<String> pieces;
    if (arguments.size() > 2 && arguments.get(2) instanceof Expression.Regex(PosixRegex regex)) {
      pieces = text.isEmpty() ? List.of() : machine.fields().byRegex(text, regex);
    } else {
      String separator =
          arguments.size() > 2 ? text(arguments, 2) : machine.globals().text(Globals.FS);
      pieces = machine.fields().split(text, separator, false);
    }
    evaluator.delete(new Statement.Delete(variable, List.of()));
    for (int i = 0; i < pieces.size(); i++) {
      evaluator.put(evaluator.array(variable), Integer.toString(i + 1), Value.input(pieces.get(i)));
    }
    return Value.of(pieces.size());
  }

  private Value match(List<Expression> arguments) throws IOException {
    String text = text(arguments, 0);
    Optional<Match> match = evaluator.regex(argument(arguments, 1)).find(text);
    int start = match.map(it -> text.codePointCount(0, it.start()) + 1).orElse(0);
    int length = match.map(it -> text.codePointCount(it.start(), it.end())).orElse(-1);
    machine.globals().set(Globals.RSTART, start);
    machine.globals().set(Globals.RLENGTH, length);
    return Value.of(start);
  }

  private Value substitute(List<Expression> arguments, boolean global) throws IOException {
    PosixRegex regex = evaluator.regex(argument(arguments, 0));
    String replacement = text(arguments, 1);
    Expression subject =
        arguments.size() > 2
            ? arguments.get(2)
            : new Expression.Field(new Expression.Constant(Value.ZERO));
    Replacement result =
        Replacement.of(regex, replacement, evaluator.text(subject), global ? 0 : 1, false);
    if (result.count() > 0 && subject instanceof Expression.Target target) {
      evaluator.assign(target, Value.of(result.text()));
    }
    return Value.of(result.count());
  }

  private Value generalSubstitute(List<Expression> arguments) throws IOException {
    PosixRegex regex = evaluator.regex(argument(arguments, 0));
    String replacement = text(arguments, 1);
    String which = text(arguments, 2);
    int number =
        which.startsWith("g") || which.startsWith("G")
            ? 0
            : (int) Math.max(1, number(arguments, 2));
    String subject =
        arguments.size() > 3 ? text(arguments, 3) : evaluator.text(machine.fields().get(0));
    return Value.of(Replacement.of(regex, replacement, subject, number, true).text());
  }

  private Value time(List<Expression> arguments) throws IOException {
    String format = arguments.isEmpty() ? "%c" : text(arguments, 0);
    long seconds =
        arguments.size() > 1 ? (long) number(arguments, 1) : Instant.now().getEpochSecond();
    return Value.of(TimeFormat.format(format, seconds, machine.task().environment().get("TZ")));
  }
}
